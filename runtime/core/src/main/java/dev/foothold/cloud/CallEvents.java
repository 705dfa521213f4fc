package dev.foothold.cloud;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Tells of every call, how long it took and how it ended. Outermost, so that it tells what the caller sees. */
final class CallEvents implements Interceptor {

    private final Timeline timeline;
    private final EventSink events;
    private final Event.Origin origin;

    CallEvents(String model, Timeline timeline, EventSink events) {
        this.timeline = timeline;
        this.events = EventSink.guarded(events);
        this.origin = new Event.Origin(model, "", "");
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        Instant start = timeline.now();
        try {
            T result = next.call();
            tell(call, start, null);
            return result;
        } catch (Exception e) {
            tell(call, start, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void tell(Call call, Instant start, @Nullable String failure) {
        Instant now = timeline.now();
        events.on(new Event.CallEnded(now, origin, call.operation(), Duration.between(start, now), failure));
    }
}
