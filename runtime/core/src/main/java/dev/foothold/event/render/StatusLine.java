package dev.foothold.event.render;

import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Shows what is under way on one line of a terminal, each time over what was shown before.
 *
 * <p>What was longer is wiped: by the columns that it took, whatever script it was written in. A text that is too long
 * for the line is cut. Control characters of others are made harmless. Not thread-safe.
 */
public final class StatusLine {

    private static final String START = " - ";

    private final Lines lines;
    private final int columns;
    private int width;
    private boolean wiped;

    /**
     * Creates a status line.
     *
     * @param out the terminal; flushed each time if it can be
     * @param columns how wide the terminal is
     * @throws IllegalArgumentException if it has fewer than 10 columns
     */
    public StatusLine(Appendable out, int columns) {
        if (columns < 10) {
            throw new IllegalArgumentException("a terminal of " + columns + " columns is too narrow for a status line");
        }
        this.lines = new Lines(Objects.requireNonNull(out, "out"));
        this.columns = columns;
    }

    /**
     * Shows a text instead of the one before.
     *
     * @param info what is under way
     * @param data more about it; may be empty
     * @throws UncheckedIOException if it cannot be written
     */
    public void show(String info, String data) {
        String text = ControlSequences.disarmed(data.isEmpty() ? info : info + " " + data)
                .replace('\n', ' ')
                .replace('\t', ' ');
        // In its last column a terminal may already be on the next line, to which a carriage return keeps it.
        String fitting = DisplayWidth.cut(text, columns - 1 - START.length());
        int shown = DisplayWidth.of(fitting);
        lines.append(START + fitting + " ".repeat(Math.max(0, width - shown)) + "\r");
        width = shown;
        wiped = false;
    }

    /**
     * Puts lines that stay in the place of the text that is shown.
     *
     * @param text as it is to be written, colours included; without a line break at the end
     * @throws UncheckedIOException if it cannot be written
     */
    public void keep(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        int rest = wiped ? 0 : START.length() + width - DisplayWidth.of(first);
        lines.append(first + " ".repeat(Math.max(0, rest)) + text.substring(first.length()) + "\n");
        width = 0;
        wiped = true;
    }

    /**
     * Wipes the text that is shown; does nothing if that was done already.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void clear() {
        if (!wiped) {
            lines.append(" ".repeat(START.length() + width) + "\r");
            wiped = true;
        }
    }
}
