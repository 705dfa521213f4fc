package dev.foothold.ssh;

/** Takes what a remote command writes, as it comes. Called by one thread at a time. */
@FunctionalInterface
public interface SshOutput {

    /** Names the stream that a command wrote to. */
    enum Stream {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR
    }

    /**
     * Takes a piece of output.
     *
     * @param stream where it was written to
     * @param bytes a buffer that is used again after the call
     * @param length how many bytes of the buffer are filled, at least one
     */
    void accept(Stream stream, byte[] bytes, int length);

    /**
     * Makes an output that drops everything.
     *
     * @return the output
     */
    static SshOutput discard() {
        return (stream, bytes, length) -> {};
    }
}
