package dev.foothold.ssh;

import dev.foothold.internal.key.PublicKeyBlob;
import dev.foothold.internal.key.WireReader;
import dev.foothold.internal.key.WireWriter;
import dev.foothold.network.MachineAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds an OpenSSH certificate that a host shows instead of a bare key: an authority says for which names, and for how
 * long, the key is that host's. Immutable.
 */
public final class HostCertificate {

    private static final String SUBJECT = "the host certificate";
    private static final String SUFFIX = "-cert-v01@openssh.com";
    private static final int FOR_HOSTS = 2;

    private final SshPublicKey key;
    private final SshPublicKey authority;
    private final int type;
    private final String id;
    private final List<String> names;
    private final Instant validFrom;
    private final Instant validUntil;
    private final boolean hasCriticalOptions;
    private final byte[] signed;
    private final byte[] signature;

    private HostCertificate(SshPublicKey key, WireReader reader, byte[] blob) {
        this.key = key;
        reader.longNumber();
        this.type = reader.number();
        this.id = reader.text();
        this.names = new WireReader(SUBJECT, reader.string())
                .stringsToEnd().stream()
                        .map(name -> new String(name, StandardCharsets.UTF_8))
                        .toList();
        this.validFrom = instant(reader.longNumber());
        this.validUntil = instant(reader.longNumber());
        this.hasCriticalOptions = reader.string().length > 0;
        reader.string();
        reader.string();
        this.authority = SshPublicKey.of(reader.string(), "");
        this.signed = Arrays.copyOf(blob, reader.position());
        this.signature = reader.string();
        if (reader.rest().length > 0) {
            throw new IllegalArgumentException(SUBJECT + " has something behind its end");
        }
    }

    /**
     * Names the algorithm of certificates for keys.
     *
     * @param keyAlgorithm the algorithm of a key, such as {@code ssh-ed25519}
     * @return such as {@code ssh-ed25519-cert-v01@openssh.com}
     */
    public static String algorithmFor(String keyAlgorithm) {
        return keyAlgorithm + SUFFIX;
    }

    /**
     * Reads a certificate as it is sent over the wire. Nothing is checked but its form.
     *
     * @param blob the bytes
     * @return the certificate
     * @throws IllegalArgumentException if that is not one certificate for an Ed25519, ECDSA or RSA key
     */
    public static HostCertificate parse(byte[] blob) {
        WireReader reader = new WireReader(SUBJECT, blob);
        String algorithm = reader.text();
        if (!algorithm.endsWith(SUFFIX)) {
            throw new IllegalArgumentException(SUBJECT + " is not an OpenSSH certificate");
        }
        String keyAlgorithm = algorithm.substring(0, algorithm.length() - SUFFIX.length());
        reader.string(); // the nonce
        WireWriter key = new WireWriter().text(keyAlgorithm);
        for (int fields = keyAlgorithm.equals(PublicKeyBlob.ED25519) ? 1 : 2; fields > 0; fields--) {
            key.string(reader.string());
        }
        return new HostCertificate(SshPublicKey.of(key.toBytes(), ""), reader, blob.clone());
    }

    /**
     * Gives the key that the host proves to have.
     *
     * @return the key
     */
    public SshPublicKey key() {
        return key;
    }

    /**
     * Gives the key that has signed the certificate.
     *
     * @return the authority's key
     */
    public SshPublicKey authority() {
        return authority;
    }

    /**
     * Gives the names for which the certificate is valid.
     *
     * @return names of hosts, in which {@code *} and {@code ?} stand for any; empty for all hosts
     */
    public List<String> names() {
        return names;
    }

    /**
     * Says why the certificate does not prove that a host is the right one.
     *
     * @param address where the host was reached
     * @param aliases other names of the host
     * @param authorities who may sign
     * @param now when that is asked
     * @return what is wrong; empty if nothing is
     */
    public Optional<String> objection(
            MachineAddress address, Collection<String> aliases, Set<SshPublicKey> authorities, Instant now) {
        // First of all, so that nothing of a certificate is looked at that anybody may have made up.
        if (!authorities.contains(authority)) {
            return Optional.of("its certificate is signed by " + authority.algorithm() + " " + authority.fingerprint()
                    + ", which is not one of the trusted authorities");
        }
        if (!PublicKeyBlob.verifies(SUBJECT, authority.blob(), signature, signed)) {
            return Optional.of("its certificate is forged: the signature is not the authority's");
        }
        if (type != FOR_HOSTS) {
            return Optional.of("its certificate " + name() + " is for users, not for hosts");
        }
        if (hasCriticalOptions) {
            return Optional.of("its certificate " + name() + " has conditions that are not known");
        }
        if (now.isBefore(validFrom)) {
            return Optional.of("its certificate " + name() + " is not valid before " + validFrom);
        }
        if (!now.isBefore(validUntil)) {
            return Optional.of("its certificate " + name() + " was valid until " + validUntil);
        }
        boolean named = names.isEmpty()
                || names.stream()
                        .anyMatch(pattern -> matches(pattern, address.value())
                                || aliases.stream().anyMatch(alias -> matches(pattern, alias)));
        return named
                ? Optional.empty()
                : Optional.of("its certificate " + name() + " is for " + String.join(", ", names) + " only");
    }

    @Override
    public String toString() {
        return "HostCertificate[" + name() + ", " + key + ", signed by " + authority + "]";
    }

    private String name() {
        return '"' + id.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /** OpenSSH's patterns: a star for any text, a question mark for any letter; the case of names does not count. */
    static boolean matches(String pattern, String text) {
        // Without backtracking beyond the last star, so that no pattern takes long.
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = t;
            } else if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || sameLetter(pattern.charAt(p), text.charAt(t)))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean sameLetter(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private static Instant instant(long unsignedSeconds) {
        return unsignedSeconds < 0 || unsignedSeconds > Instant.MAX.getEpochSecond()
                ? Instant.MAX
                : Instant.ofEpochSecond(unsignedSeconds);
    }
}
