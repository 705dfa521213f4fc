package dev.foothold.event.render;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes whole lines, each at once, so that those of several writers do not mix, and none is lost with the process.
 *
 * @param out what to write to; flushed each time if it can be
 */
record Lines(Appendable out) {

    void write(String line) {
        append(line + "\n");
    }

    void append(String text) {
        try {
            out.append(text);
            if (out instanceof Flushable buffer) {
                buffer.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an event cannot be written: " + e.getMessage(), e);
        }
    }
}
