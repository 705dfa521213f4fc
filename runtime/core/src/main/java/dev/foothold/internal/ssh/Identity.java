package dev.foothold.internal.ssh;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import dev.foothold.ssh.SshKeyPair;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Gives a key pair to sshj. Needed because sshj logs its own providers together with the private key. */
final class Identity implements KeyProvider {

    private final SshKeyPair pair;
    private final OpenSSHKeyV1KeyFile file = new OpenSSHKeyV1KeyFile();

    Identity(SshKeyPair pair) {
        this.pair = pair;
        file.init(pair.privateKeyText(), null);
    }

    @Override
    public PrivateKey getPrivate() throws IOException {
        return file.getPrivate();
    }

    @Override
    public PublicKey getPublic() throws IOException {
        return file.getPublic();
    }

    @Override
    public KeyType getType() throws IOException {
        return file.getType();
    }

    @Override
    public String toString() {
        return pair.toString();
    }
}
