package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshSession;

/**
 * Opens SSH connections with sshj. Reads no file of the user: no {@code known_hosts}, no {@code ~/.ssh/config}, no
 * default key. Thread-safe, without state.
 */
public final class SshjConnector implements SshConnector {

    /** Creates a connector. */
    public SshjConnector() {}

    @Override
    public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
        if (options.identities().isEmpty()) {
            throw new IllegalArgumentException(
                    address + ": there is no key to log in with; give the SSH options an identity");
        }
        TrustedHostKeys hostKeys = new TrustedHostKeys(options.hostKeys());
        if (hostKeys.algorithms().isEmpty()) {
            throw new IllegalArgumentException(address + ": there is no host key to recognise the machine by; "
                    + "give the SSH options at least one " + String.join(", ", TrustedHostKeys.SUPPORTED) + " key");
        }
        return new Handshake(address, options, hostKeys).run();
    }
}
