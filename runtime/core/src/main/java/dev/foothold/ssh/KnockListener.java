package dev.foothold.ssh;

/**
 * Is told what becomes of knocking at a machine, by the thread that knocks.
 *
 * @see SshConnector#connect(dev.foothold.network.MachineAddress, SshOptions, Knocking, KnockListener)
 */
@FunctionalInterface
public interface KnockListener {

    /**
     * No connection has been accepted so far. Told whenever the reason changes.
     *
     * @param reason {@link SshFailure#REFUSED} or {@link SshFailure#TIMED_OUT}, and what exactly happened
     */
    void notYet(SshException reason);

    /**
     * A connection has been accepted. The handshake begins when this returns: who owes the server a pause takes it here.
     *
     * @throws InterruptedException if the thread was interrupted; the connection is closed then
     */
    default void accepted() throws InterruptedException {}
}
