package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;

/** Opens SSH connections. Implementations are thread-safe and answer to interruption. */
@FunctionalInterface
public interface SshConnector {

    /**
     * Begins to load in the background what the first connection needs, and returns at once. Does nothing unless it is
     * overridden.
     */
    default void prepare() {}

    /**
     * Connects, checks the host key and logs in, once; it never tries again by itself.
     *
     * @param address where the machine answers
     * @param options as whom to log in, and which host keys to accept
     * @return a session that is logged in; the caller closes it
     * @throws SshException if that failed; {@link SshException#failure()} says how far it came
     * @throws IllegalArgumentException if the options hold no identity, or no host key; nothing was connected to then
     * @throws InterruptedException if the caller was interrupted; nothing is left open then
     */
    SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException;

    /**
     * Connects like {@link #connect(MachineAddress, SshOptions)}, but to a machine that may not answer yet: knocks
     * until a connection is accepted. That one is used, once, for everything that follows; what fails then is not tried
     * again.
     *
     * <p>Unless it is overridden, it connects once.
     *
     * @param address where the machine will answer
     * @param options as whom to log in, and which host keys to accept; the connect timeout does not matter
     * @param knocking how to knock, and for how long
     * @param listener is told why no connection has been accepted so far, and when one is
     * @return a session that is logged in; the caller closes it
     * @throws SshException if nothing accepted a connection in time ({@link SshFailure#REFUSED},
     *     {@link SshFailure#TIMED_OUT}), or something did and what followed failed
     * @throws IllegalArgumentException if the options hold no identity, or no host key; nothing was connected to then
     * @throws InterruptedException if the caller was interrupted; nothing is left open then
     */
    default SshSession connect(MachineAddress address, SshOptions options, Knocking knocking, KnockListener listener)
            throws InterruptedException {
        return connect(address, options);
    }
}
