package dev.foothold.redact;

/** Takes bytes as they come. */
@FunctionalInterface
public interface ByteSink {

    /**
     * Takes some bytes.
     *
     * @param bytes a buffer that may be used again after the call
     * @param from where in the buffer they begin
     * @param length how many there are, at least one
     */
    void accept(byte[] bytes, int from, int length);
}
