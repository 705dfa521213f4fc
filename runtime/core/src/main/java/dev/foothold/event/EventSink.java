package dev.foothold.event;

/**
 * Takes events as they happen. Called by one thread at a time, by the thread that does the work: be quick. What it
 * throws is logged, the first time, and otherwise ignored.
 */
@FunctionalInterface
public interface EventSink {

    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void on(Event event);

    /**
     * Makes a sink that drops everything.
     *
     * @return the sink
     */
    static EventSink none() {
        return event -> {};
    }

    /**
     * Makes a sink that keeps a careless one from doing harm: calls are made one at a time, and what it throws is
     * logged once instead of ending the work.
     *
     * @param sink the sink to guard
     * @return the guarded sink
     */
    static EventSink guarded(EventSink sink) {
        return sink instanceof GuardedEventSink ? sink : new GuardedEventSink(sink);
    }
}
