package dev.foothold.ssh;

import dev.foothold.internal.key.WireReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Holds an SSH public key: of a host, or one that may log in.
 *
 * <p>Two keys are equal if their algorithm and key data are; the comment does not count. Immutable.
 */
public final class SshPublicKey {

    private static final Set<String> ALGORITHMS = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private final String algorithm;
    private final byte[] blob;
    private final String comment;

    private SshPublicKey(String algorithm, byte[] blob, String comment) {
        this.algorithm = algorithm;
        this.blob = blob;
        this.comment = comment;
    }

    /**
     * Reads a key as it stands in an {@code authorized_keys} file or in a {@code .pub} file.
     *
     * @param authorizedKeysLine {@code algorithm base64 comment}; the comment may be missing, spaces around are ignored
     * @return the key
     * @throws IllegalArgumentException if that is not one public key, has options in front of it, or its algorithm is
     *     not Ed25519, ECDSA or RSA
     */
    public static SshPublicKey parse(String authorizedKeysLine) {
        String line = authorizedKeysLine.strip();
        if (line.isEmpty()) {
            throw new IllegalArgumentException("the SSH public key is empty");
        }
        if (line.startsWith("-----BEGIN")) {
            throw new IllegalArgumentException("this is a private key where an SSH public key was expected");
        }
        if (line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
            throw new IllegalArgumentException("the SSH public key must be one line without control characters");
        }
        String[] parts = line.split("[ \t]+", 3);
        if (!ALGORITHMS.contains(parts[0])) {
            throw new IllegalArgumentException(notAnAlgorithm(line));
        }
        if (parts.length < 2) {
            throw new IllegalArgumentException("the SSH public key has nothing after \"" + parts[0] + "\"");
        }
        byte[] blob = decode(parts[0], parts[1]);
        requireWellFormed(parts[0], blob);
        return new SshPublicKey(parts[0], blob, parts.length == 3 ? parts[2] : "");
    }

    /**
     * Reads a key as it is sent over the wire.
     *
     * @param blob the bytes; copied
     * @param comment says whose it is; empty for nobody in particular
     * @return the key
     * @throws IllegalArgumentException if that is not one public key, or its algorithm is not Ed25519, ECDSA or RSA
     */
    public static SshPublicKey of(byte[] blob, String comment) {
        String algorithm = new WireReader("the SSH public key", blob).text();
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException(notAnAlgorithm(""));
        }
        requireWellFormed(algorithm, blob);
        return new SshPublicKey(algorithm, blob.clone(), comment);
    }

    /**
     * Names the algorithm.
     *
     * @return such as {@code ssh-ed25519}
     */
    public String algorithm() {
        return algorithm;
    }

    /**
     * Gives the key as it is sent over the wire.
     *
     * @return a copy of the bytes
     */
    public byte[] blob() {
        return blob.clone();
    }

    /**
     * Gives the comment, usually whose key it is.
     *
     * @return the comment; empty for none
     */
    public String comment() {
        return comment;
    }

    /**
     * Renders the key for an {@code authorized_keys} file.
     *
     * @return {@code ssh-ed25519 AAAA… comment}, without an end of line
     */
    public String line() {
        String key = algorithm + " " + Base64.getEncoder().encodeToString(blob);
        return comment.isEmpty() ? key : key + " " + comment;
    }

    /**
     * Gives the fingerprint, as OpenSSH prints it.
     *
     * @return {@code SHA256:} and the digest in Base64 without padding
     */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey that && algorithm.equals(that.algorithm) && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return algorithm + " " + fingerprint() + (comment.isEmpty() ? "" : " " + comment);
    }

    private static String notAnAlgorithm(String line) {
        boolean options = Arrays.stream(line.split("[ \t]+")).anyMatch(ALGORITHMS::contains);
        return options
                ? "the SSH public key has options in front of it; give only algorithm, key and comment"
                : "the SSH public key does not begin with one of the algorithms "
                        + String.join(", ", ALGORITHMS.stream().sorted().toList());
    }

    private static byte[] decode(String algorithm, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the " + algorithm + " public key is not valid Base64", e);
        }
    }

    private static void requireWellFormed(String algorithm, byte[] blob) {
        String key = "the " + algorithm + " public key";
        WireReader reader = new WireReader(key, blob);
        List<byte[]> fields = reader.stringsToEnd();
        if (fields.isEmpty() || !algorithm.equals(new String(fields.get(0), StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException(key + " holds a key of another algorithm");
        }
        int expected = algorithm.startsWith("sk-ecdsa") ? 4 : algorithm.equals("ssh-ed25519") ? 2 : 3;
        boolean complete = fields.size() == expected && fields.stream().allMatch(field -> field.length > 0);
        if (!complete || algorithm.contains("ed25519") && fields.get(1).length != 32) {
            throw new IllegalArgumentException(key + " is cut off or has parts that do not belong to it");
        }
    }
}
