package dev.foothold.event;

import java.util.List;
import java.util.stream.Stream;

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
     * Makes a sink that passes events on to several: people at a terminal and a log, for example. One that fails keeps
     * nothing from the others.
     *
     * @param sinks who gets each event, in this order
     * @return the sink
     */
    static EventSink all(EventSink... sinks) {
        List<EventSink> each = Stream.of(sinks).map(EventSink::guarded).toList();
        return event -> each.forEach(sink -> sink.on(event));
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
