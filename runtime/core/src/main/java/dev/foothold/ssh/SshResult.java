package dev.foothold.ssh;

/**
 * Says how a remote command ended.
 *
 * @param exitStatus its exit status, 0 to 255; -1 if it was killed by a signal
 * @param signal the signal that killed it, without {@code SIG}; empty if none did
 */
public record SshResult(int exitStatus, String signal) {

    /**
     * Tells whether the command succeeded.
     *
     * @return true for exit status 0
     */
    public boolean succeeded() {
        return exitStatus == 0;
    }

    /**
     * Describes the end for messages.
     *
     * @return {@code exit status 3} or {@code killed by signal KILL}
     */
    public String describe() {
        return signal.isEmpty() ? "exit status " + exitStatus : "killed by signal " + signal;
    }
}
