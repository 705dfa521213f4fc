package dev.foothold.event.render;

import java.io.IOException;
import java.io.Writer;

/** Writes nothing. */
final class FailingWriter extends Writer {

    private final IOException failure;

    FailingWriter(IOException failure) {
        this.failure = failure;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        throw failure;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
