package dev.foothold.event.render;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * Writes each event as a line for a log: the time in UTC, the model and the operation, a mark, and what happened.
 *
 * <pre>{@code
 * 2026-03-01T09:30:00.250Z prod bootstrap - asking for small, ubuntu-24.04 in zone a
 * 2026-03-01T09:30:00.730Z prod bootstrap ! no luck in zone a: out of capacity
 * }</pre>
 *
 * <p>The mark is {@code +} for what went well, {@code !} for a setback, {@code x} for a failure, {@code |} for the words of
 * a machine and {@code -} for the rest. Further lines of a text begin with four blanks, so that none can be mistaken for
 * an event; control characters are made harmless. A sink for one caller at a time, as the runtime is.
 */
public final class PlainEvents implements EventSink {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Lines lines;

    /**
     * Creates a renderer.
     *
     * @param out what to write to; flushed with each event if it can be
     */
    public PlainEvents(Appendable out) {
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
        Words words = EventWords.of(event);
        Event.Origin origin = event.origin();
        String operation = origin.operation().isEmpty() ? "" : " " + origin.operation();
        String text = TIME.format(event.at()) + " " + origin.model() + operation + " "
                + words.tone().mark() + " " + words.text();
        lines.write(ControlSequences.disarmed(text).replace("\n", "\n    "));
    }
}
