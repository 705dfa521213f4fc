package dev.foothold.internal.ssh;

import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.signature.SignatureEdDSA;
import com.hierynomus.sshj.userauth.certificate.Certificate;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostCertificate;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.OfferedHostKey;
import dev.foothold.ssh.SshPublicKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.signature.SignatureECDSA;
import net.schmizz.sshj.signature.SignatureRSA;
import org.jspecify.annotations.Nullable;

/** Asks the verifier about the host key that the server shows. Used for one connection. */
final class TrustedHostKeys implements net.schmizz.sshj.transport.verification.HostKeyVerifier {

    /** The algorithms a host key can have, the cheapest to check first. */
    static final List<String> SUPPORTED =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");

    private final MachineAddress address;
    private final HostKeyVerifier verifier;
    private volatile @Nullable String mismatch;

    TrustedHostKeys(MachineAddress address, HostKeyVerifier verifier) {
        this.address = address;
        this.verifier = verifier;
    }

    /** Gives the signature algorithms the client may offer: those of keys that can be accepted and no others. */
    List<KeyAlgorithms.Factory> algorithms() {
        List<String> accepted = verifier.algorithms();
        List<KeyAlgorithms.Factory> algorithms = new ArrayList<>();
        // Pinned keys before certificates: they are cheaper to check.
        for (boolean certificates : new boolean[] {false, true}) {
            for (String name : SUPPORTED) {
                if (accepted.contains(certificates ? HostCertificate.algorithmFor(name) : name)) {
                    algorithms.addAll(signaturesOf(name, certificates));
                }
            }
        }
        return algorithms;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        String shown = "a host key of a kind that is not known";
        Optional<String> objection;
        try {
            OfferedHostKey offered = offered(key);
            shown = "the host key " + offered.key().algorithm() + " "
                    + offered.key().fingerprint();
            objection = verifier.objection(address, offered);
        } catch (RuntimeException e) {
            // A certificate may hold anything; whatever cannot be checked is not trusted.
            objection = Optional.of("it cannot be checked: " + Step.reason(e));
        }
        if (objection.isEmpty()) {
            return true;
        }
        mismatch = "the server showed " + shown + ", but " + objection.get();
        return false;
    }

    private static OfferedHostKey offered(PublicKey key) {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        if (key instanceof Certificate<?>) {
            HostCertificate certificate = HostCertificate.parse(blob);
            return new OfferedHostKey(certificate.key(), certificate);
        }
        return new OfferedHostKey(SshPublicKey.of(blob, ""), null);
    }

    /** Adds nothing: the configuration holds no other algorithms than {@link #algorithms()}. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of();
    }

    /** Says what was wrong with the host key the server showed; empty if nothing was. */
    Optional<String> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    private static List<KeyAlgorithms.Factory> signaturesOf(String algorithm, boolean certificate) {
        return switch (algorithm) {
            case "ssh-ed25519" ->
                List.of(factory(
                        algorithm, certificate, new SignatureEdDSA.Factory(), KeyType.ED25519, KeyType.ED25519_CERT));
            case "ecdsa-sha2-nistp256" ->
                List.of(factory(
                        algorithm,
                        certificate,
                        new SignatureECDSA.Factory256(),
                        KeyType.ECDSA256,
                        KeyType.ECDSA256_CERT));
            case "ecdsa-sha2-nistp384" ->
                List.of(factory(
                        algorithm,
                        certificate,
                        new SignatureECDSA.Factory384(),
                        KeyType.ECDSA384,
                        KeyType.ECDSA384_CERT));
            case "ecdsa-sha2-nistp521" ->
                List.of(factory(
                        algorithm,
                        certificate,
                        new SignatureECDSA.Factory521(),
                        KeyType.ECDSA521,
                        KeyType.ECDSA521_CERT));
            // Servers have stopped to sign with SHA-1, which is what the name of the key's own algorithm stands for.
            case "ssh-rsa" ->
                List.of(
                        factory(
                                "rsa-sha2-512",
                                certificate,
                                new SignatureRSA.FactoryRSASHA512(),
                                KeyType.RSA,
                                KeyType.RSA_CERT),
                        factory(
                                "rsa-sha2-256",
                                certificate,
                                new SignatureRSA.FactoryRSASHA256(),
                                KeyType.RSA,
                                KeyType.RSA_CERT));
            default -> throw new IllegalArgumentException(algorithm);
        };
    }

    private static KeyAlgorithms.Factory factory(
            String name, boolean certificate, Factory.Named<Signature> signature, KeyType bare, KeyType signed) {
        return certificate
                ? new KeyAlgorithms.Factory(HostCertificate.algorithmFor(name), signature, signed)
                : new KeyAlgorithms.Factory(name, signature, bare);
    }
}
