package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;

/** Opens SSH connections. Implementations are thread-safe and answer to interruption. */
@FunctionalInterface
public interface SshConnector {

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
}
