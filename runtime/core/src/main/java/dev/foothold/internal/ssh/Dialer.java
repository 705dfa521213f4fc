package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshException;
import java.time.Duration;
import java.util.function.Consumer;

/** Gets a connection accepted, over which nothing has been said yet. Thread-safe. */
interface Dialer {

    /**
     * Connects once.
     *
     * @param patience how long an answer may take
     * @throws SshException if nothing accepted the connection in time
     */
    Wire dial(MachineAddress address, Duration patience) throws InterruptedException;

    /**
     * Connects again and again until a connection is accepted; closes the others.
     *
     * @param notYet is told why none is, whenever that changes
     * @throws SshException if none was accepted within the budget
     */
    Wire knock(MachineAddress address, Knocking knocking, Consumer<SshException> notYet) throws InterruptedException;
}
