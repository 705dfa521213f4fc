package dev.foothold.event.render;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Writes each event as a JSON object on a line of its own, for programs.
 *
 * <pre>{@code
 * {"event":"InstanceStopped","at":"2026-03-01T09:30:00.250Z","origin":{"model":"prod","operation":"destroy",
 *  "operationId":"d3b0…"},"id":"i-1"}
 * }</pre>
 *
 * <p>(On one line.) {@code event} is the name of the event's record, followed by all components under their names, which
 * are as stable as the API. Times are ISO 8601 in UTC; durations are numbers of seconds; ids, hardware and constants are
 * texts; tags are an object of texts; instances and addresses are objects of their components; what is not known is
 * {@code null}. Control characters are escaped. A reader ignores names that it does not know: events may gain components.
 * A sink for one caller at a time, as the runtime is.
 */
public final class JsonEvents implements EventSink {

    private final Lines lines;

    /**
     * Creates a renderer.
     *
     * @param out what to write to, as UTF-8 if it encodes; flushed with each event if it can be
     */
    public JsonEvents(Appendable out) {
        this.lines = new Lines(Objects.requireNonNull(out, "out"));
    }

    /**
     * Writes an event.
     *
     * @param event what happened
     * @throws UncheckedIOException if it cannot be written
     */
    @Override
    public void on(Event event) {
        lines.write(EventJson.of(event));
    }
}
