package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.time.Duration;

/**
 * Runs commands on a machine, and puts files there, over one connection. Thread-safe: several of both can run at the same
 * time.
 */
public interface SshSession extends AutoCloseable {

    /**
     * Says where the machine was reached.
     *
     * @return the address
     */
    MachineAddress address();

    /**
     * Runs a command and waits for its end.
     *
     * <p>A command that is given up, because the time was over or the caller was interrupted, may go on on the machine,
     * and then counts among the few that servers run per connection (10 for OpenSSH).
     *
     * @param command the command line, as the login shell reads it, and its input
     * @param output gets what the command writes, as it comes; called by the calling thread, never after the end
     * @param timeout the longest it may run
     * @return how it ended
     * @throws SshException if the time was over ({@link SshFailure#TIMED_OUT}), or the connection broke, the server
     *     would not run the command, or it gave no exit status ({@link SshFailure#CONNECTION_LOST})
     * @throws InterruptedException if the caller was interrupted; the channel is closed then
     */
    SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException;

    /**
     * Puts a file on the machine, and waits until it is there. It is whole or not there at all: it is written under a
     * name of its own next to its place, readable by nobody but the login user, then gets its mode and replaces what
     * was in its place in one step.
     *
     * <p>Unless it is overridden, it goes through commands ({@code cat}), a part at a time.
     *
     * @param upload the file, and where it goes
     * @param timeout the longest it may take
     * @throws SshUploadException if the machine does not take the file, for example because its disk is full, or if
     *     the content cannot be read; the message names both, and nothing is left on the machine
     * @throws SshException if the time was over ({@link SshFailure#TIMED_OUT}) or the connection broke ({@link
     *     SshFailure#CONNECTION_LOST}); a part of the file may be left under its other name then
     * @throws InterruptedException if the caller was interrupted
     */
    default void upload(SshUpload upload, Duration timeout) throws InterruptedException {
        new CommandUpload(this, upload, timeout).run();
    }

    /** Closes the connection; commands that still run lose it. Never throws, closing twice is fine. */
    @Override
    void close();
}
