package dev.foothold.ssh;

/** Takes what a remote command writes, as it comes. Called by the thread that runs the command. */
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
     * Takes a piece of output. What it throws ends the command's run, and reaches whoever called that.
     *
     * @param stream where it was written to
     * @param bytes a buffer that may be used again after the call
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
