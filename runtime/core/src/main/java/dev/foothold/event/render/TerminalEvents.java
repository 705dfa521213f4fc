package dev.foothold.event.render;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.event.render.Words.Tone;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Shows events to somebody at a terminal: what is under way on a status line that is rewritten, and what has happened on
 * lines that stay, each with a mark in front. Where nobody looks, everything stays. What only logs care about is left
 * out.
 *
 * <p>Control characters in the words of clouds and machines are made harmless. A sink for one caller at a time, as the
 * runtime is.
 */
public final class TerminalEvents implements EventSink {

    private static final String MARGIN = " ";

    private final Lines lines;
    private final Terminal terminal;
    private final StatusLine status;
    private boolean showing;

    /**
     * Creates a renderer.
     *
     * @param out what to write to; flushed with each event if it can be
     * @param terminal what can be shown there
     */
    public TerminalEvents(Appendable out, Terminal terminal) {
        this.lines = new Lines(Objects.requireNonNull(out, "out"));
        this.terminal = terminal;
        this.status = new StatusLine(out, terminal.columns());
    }

    /**
     * Creates a renderer for standard error, whatever that is: a terminal, a file or a pipe.
     *
     * @return the renderer
     */
    public static TerminalEvents standardError() {
        return new TerminalEvents(System.err, Terminal.standardError());
    }

    /**
     * Shows an event.
     *
     * @param event what happened
     * @throws UncheckedIOException if it cannot be written
     */
    @Override
    public void on(Event event) {
        Words words = EventWords.of(event);
        if (words.tone() == Tone.PASSING && terminal.interactive()) {
            status.show(words.text(), "");
            showing = true;
        } else if (words.tone() != Tone.DETAIL) {
            keep(line(words));
        }
    }

    /**
     * Wipes the status line, so that something else can be written. Not while an operation runs.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void clear() {
        if (showing) {
            status.clear();
            showing = false;
        }
    }

    private String line(Words words) {
        String text = ControlSequences.disarmed(words.text());
        String mark = words.tone().mark(terminal) + " ";
        return words.tone() == Tone.OUTPUT
                ? MARGIN + "  " + mark + text
                : MARGIN + mark + text.replace("\n", "\n" + MARGIN + "  ");
    }

    private void keep(String text) {
        if (showing) {
            status.keep(text);
            showing = false;
            return;
        }
        lines.write(text);
    }
}
