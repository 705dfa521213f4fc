package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshSession;
import java.net.Socket;

/**
 * Opens SSH connections with sshj. Reads no file of the user: no {@code known_hosts}, no {@code ~/.ssh/config}, no
 * default key. Thread-safe.
 */
public final class SshjConnector implements SshConnector {

    private final JumpHosts jumpHosts = new JumpHosts(this::open);

    /** Creates a connector. */
    public SshjConnector() {}

    @Override
    public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
        return open(address, options);
    }

    private SshjSession open(MachineAddress given, SshOptions options) throws InterruptedException {
        MachineAddress address = options.at(given);
        if (options.identities().isEmpty()) {
            throw new IllegalArgumentException(
                    address + ": there is no key to log in with; give the SSH options an identity");
        }
        TrustedHostKeys hostKeys = new TrustedHostKeys(address, options.hostKeys());
        if (hostKeys.algorithms().isEmpty()) {
            throw new IllegalArgumentException(address + ": there is no host key to recognise the machine by; "
                    + "give the SSH options at least one " + String.join(", ", TrustedHostKeys.SUPPORTED) + " key");
        }
        JumpHost jump = options.jumpHost();
        Socket socket = jump == null ? new Socket() : new JumpSocket(jumpHosts.lease(jump));
        return new Handshake(address, options, hostKeys, socket).run();
    }
}
