package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.time.Duration;

/** Runs commands on a machine over one connection. Thread-safe: several commands can run at the same time. */
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
     * @param command the command line, as the login shell reads it, and its input
     * @param output gets what the command writes, as it comes; called by the calling thread, never after the end
     * @param timeout the longest it may run
     * @return how it ended
     * @throws SshException if the time was over ({@link SshFailure#TIMED_OUT}), or the connection broke, the server
     *     would not run the command, or it gave no exit status ({@link SshFailure#CONNECTION_LOST}); the command may
     *     still run on the machine then
     * @throws InterruptedException if the caller was interrupted; the channel is closed then
     */
    SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException;

    /** Closes the connection; commands that still run lose it. Never throws, closing twice is fine. */
    @Override
    void close();
}
