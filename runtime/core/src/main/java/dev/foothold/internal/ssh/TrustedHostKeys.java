package dev.foothold.internal.ssh;

import com.hierynomus.sshj.key.KeyAlgorithms;
import dev.foothold.ssh.SshPublicKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Accepts exactly the given host keys, compared byte by byte. Used for one connection. */
final class TrustedHostKeys implements HostKeyVerifier {

    /** The algorithms a host key can have, the cheapest to check first. */
    static final List<String> SUPPORTED =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");

    private final List<SshPublicKey> trusted;
    private volatile @Nullable SshPublicKey refused;

    TrustedHostKeys(List<SshPublicKey> trusted) {
        this.trusted = trusted;
    }

    /** Gives the signature algorithms the client may offer: those of the trusted keys and no others. */
    List<KeyAlgorithms.Factory> algorithms() {
        List<KeyAlgorithms.Factory> algorithms = new ArrayList<>();
        for (String name : SUPPORTED) {
            if (trusted.stream().anyMatch(key -> key.algorithm().equals(name))) {
                algorithms.addAll(signaturesOf(name));
            }
        }
        return algorithms;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        SshPublicKey offered = SshPublicKey.parse(
                KeyType.fromKey(key) + " " + Base64.getEncoder().encodeToString(blob));
        if (trusted.contains(offered)) {
            return true;
        }
        refused = offered;
        return false;
    }

    /** Adds nothing: the configuration holds no other algorithms than {@link #algorithms()}. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of();
    }

    /** Says what was wrong with the host key the server showed; empty if nothing was. */
    Optional<String> mismatch() {
        return Optional.ofNullable(refused)
                .map(key -> "the server showed the host key " + describe(key) + ", but only "
                        + trusted.stream().map(TrustedHostKeys::describe).collect(Collectors.joining(", "))
                        + " is trusted; it is another machine, or its keys were replaced");
    }

    private static String describe(SshPublicKey key) {
        return key.algorithm() + " " + key.fingerprint();
    }

    private static List<KeyAlgorithms.Factory> signaturesOf(String algorithm) {
        return switch (algorithm) {
            case "ssh-ed25519" -> List.of(KeyAlgorithms.EdDSA25519());
            case "ecdsa-sha2-nistp256" -> List.of(KeyAlgorithms.ECDSASHANistp256());
            case "ecdsa-sha2-nistp384" -> List.of(KeyAlgorithms.ECDSASHANistp384());
            case "ecdsa-sha2-nistp521" -> List.of(KeyAlgorithms.ECDSASHANistp521());
            // Servers have stopped to sign with SHA-1, which is what the name of the key's own algorithm stands for.
            case "ssh-rsa" -> List.of(KeyAlgorithms.RSASHA512(), KeyAlgorithms.RSASHA256());
            default -> throw new IllegalArgumentException(algorithm);
        };
    }
}
