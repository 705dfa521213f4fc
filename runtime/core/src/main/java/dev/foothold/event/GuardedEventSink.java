package dev.foothold.event;

import java.util.concurrent.locks.ReentrantLock;

/** Serialises the calls to a sink and keeps its failures from ending the work it is told about. */
final class GuardedEventSink implements EventSink {

    private static final System.Logger LOG = System.getLogger(EventSink.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final EventSink sink;
    private boolean reported;

    GuardedEventSink(EventSink sink) {
        this.sink = sink;
    }

    @Override
    public void on(Event event) {
        lock.lock();
        try {
            sink.on(event);
        } catch (RuntimeException | Error e) {
            if (!reported) {
                reported = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the event sink failed on " + event.getClass().getSimpleName()
                                + "; further failures of it are not logged",
                        e);
            }
        } finally {
            lock.unlock();
        }
    }
}
