package dev.foothold.internal.ssh;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.SshKeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.kex.Curve25519DH;
import net.schmizz.sshj.userauth.UserAuthImpl;

/** Takes the steps of a connection that leads nowhere, so that all that is loaded at their first use is loaded. */
final class FirstUse {

    private static final MachineAddress NOWHERE = new MachineAddress("192.0.2.1", AddressScope.PUBLIC, 22);
    private static final int BLOCK = 16;
    private static final int VECTOR = 12;

    private FirstUse() {}

    static void rehearse() {
        SshKeyPair pair = SshKeyPair.generate("");
        TrustedHostKeys hostKeys = new TrustedHostKeys(NOWHERE, HostKeyVerifier.pinned(List.of(pair.publicKey())));
        SshjConfig config = new SshjConfig(hostKeys.algorithms());
        Link link = new Link(NOWHERE, new DeadWire(), config, hostKeys, Duration.ZERO);
        try {
            new Curve25519DH().init(null, config.getRandomFactory());
            Factory.Named<Cipher> factory = config.getCipherFactories().get(0);
            Cipher cipher = factory.create();
            cipher.init(Cipher.Mode.Encrypt, new byte[BLOCK], new byte[VECTOR]);
            cipher.updateWithAAD(new byte[2 * BLOCK + 4 + cipher.getAuthenticationTagSize()], 0, 4, BLOCK);
            Signer signer = Signer.of(pair);
            signer.sign(signer.algorithms().get(0), new byte[BLOCK]);
            new UserAuthImpl(link.transport());
            new KeyLogin(signer);
            new CommandChannel(link);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // What cannot be loaded now says so to whoever needs it.
            return;
        } finally {
            link.abort();
        }
    }

    /** Carries nothing. */
    private static final class DeadWire implements Wire {

        @Override
        public InputStream input(Duration silence, Runnable onSilence) {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream output() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void close() {
            // There is nothing to cut.
        }
    }
}
