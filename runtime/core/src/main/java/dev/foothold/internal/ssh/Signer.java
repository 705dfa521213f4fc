package dev.foothold.internal.ssh;

import dev.foothold.internal.key.PublicKeyBlob;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.util.List;

/** One key to log in with, wherever its private half is. */
interface Signer {

    SshPublicKey key();

    /** Names the signatures it makes, the preferred one first. */
    default List<String> algorithms() {
        List<String> known = PublicKeyBlob.signatureAlgorithms(key().algorithm());
        // Keys of security tokens, which only an agent has.
        return known.isEmpty() ? List.of(key().algorithm()) : known;
    }

    byte[] sign(String algorithm, byte[] data) throws IOException;

    static Signer of(SshKeyPair pair) {
        return new Signer() {
            @Override
            public SshPublicKey key() {
                return pair.publicKey();
            }

            @Override
            public byte[] sign(String algorithm, byte[] data) {
                return pair.sign(algorithm, data);
            }
        };
    }
}
