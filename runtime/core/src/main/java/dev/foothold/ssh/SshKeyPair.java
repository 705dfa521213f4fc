package dev.foothold.ssh;

import dev.foothold.internal.key.PrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Holds a key pair: of a host, or one to log in with. Ed25519, ECDSA on a NIST curve, or RSA.
 *
 * <p>The private half leaves it only through {@link #privateKeyText()} and {@link #writeTo}; {@link #toString()} shows
 * the fingerprint and nothing else. Two pairs are equal if their public keys are. Immutable.
 */
public final class SshKeyPair implements SshIdentity {

    private static final String SUBJECT = "the SSH private key";

    /** Far more than any key needs. */
    private static final long LARGEST_FILE = 64 * 1024;

    private final PrivateKey key;
    private final SshPublicKey publicKey;

    private SshKeyPair(PrivateKey key) {
        this.key = key;
        this.publicKey = SshPublicKey.of(key.publicBlob(), key.comment());
    }

    /**
     * Makes a new Ed25519 key pair.
     *
     * @param comment says whose it is; may be empty, spaces around are dropped
     * @return a pair that nobody else has
     * @throws IllegalArgumentException if the comment has control characters, such as an end of line
     */
    public static SshKeyPair generate(String comment) {
        return new SshKeyPair(PrivateKey.generate(oneLine(comment)));
    }

    /**
     * Reads a private key that is not locked.
     *
     * @param privateKeyText a whole private key file: OpenSSH's own format, PKCS #1, PKCS #8 or SEC 1 in PEM
     * @return the pair
     * @throws IllegalArgumentException if it is not such a key, it is locked, or its algorithm is not accepted; the
     *     message holds nothing of it
     */
    public static SshKeyPair parse(String privateKeyText) {
        return parse(SUBJECT, privateKeyText, Optional.empty());
    }

    /**
     * Reads a private key that may be locked.
     *
     * @param privateKeyText a whole private key file: OpenSSH's own format, PKCS #1, PKCS #8 or SEC 1 in PEM
     * @param passphrase opens it; not used if the key is not locked
     * @return the pair
     * @throws IllegalArgumentException if it is not such a key, the passphrase does not open it, or its algorithm is
     *     not accepted; the message holds nothing of either
     */
    public static SshKeyPair parse(String privateKeyText, Passphrase passphrase) {
        return parse(SUBJECT, privateKeyText, Optional.of(passphrase.words()));
    }

    /**
     * Reads a private key file that is not locked.
     *
     * @param file the private half; the public half is computed from it
     * @return the pair
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException as {@link #parse(String)} does; the message names the file
     */
    public static SshKeyPair read(Path file) throws IOException {
        return read(file, Optional.empty());
    }

    /**
     * Reads a private key file that may be locked.
     *
     * @param file the private half; the public half is computed from it
     * @param passphrase opens it; not used if the key is not locked
     * @return the pair
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException as {@link #parse(String, Passphrase)} does; the message names the file
     */
    public static SshKeyPair read(Path file, Passphrase passphrase) throws IOException {
        return read(file, Optional.of(passphrase.words()));
    }

    private static SshKeyPair read(Path file, Optional<char[]> passphrase) throws IOException {
        String subject = "the SSH private key in " + file;
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException(subject + " is too large to be one");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return parse(subject, text, passphrase);
    }

    private static SshKeyPair parse(String subject, String text, Optional<char[]> passphrase) {
        PrivateKey key = PrivateKey.parse(subject, text, passphrase);
        if (hasControls(key.comment())) {
            throw new IllegalArgumentException(
                    subject + " has control characters in its comment; ssh-keygen -c changes it");
        }
        return new SshKeyPair(key);
    }

    /**
     * Gives the public half.
     *
     * @return the public key, with the comment
     */
    public SshPublicKey publicKey() {
        return publicKey;
    }

    /**
     * Renders both halves in OpenSSH's own format, without a passphrase. A file that gets it must be readable by its
     * owner only.
     *
     * @return the text of a private key file, which ends with an end of line
     */
    public String privateKeyText() {
        return key.render();
    }

    /**
     * Writes both halves to a new file in OpenSSH's own format, without a passphrase. On POSIX systems only its owner
     * can read it (mode 0600), from the first moment on.
     *
     * @param file where; there must be nothing yet
     * @throws IOException if it cannot be written, or there is something already
     */
    public void writeTo(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        boolean posix =
                Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) != null;
        Files.createFile(
                file,
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0]);
        Files.writeString(file, privateKeyText());
    }

    /**
     * Signs data, as a login does.
     *
     * @param signatureAlgorithm such as {@code ssh-ed25519}, or for RSA keys {@code rsa-sha2-512} or {@code rsa-sha2-256}
     * @param data what to sign
     * @return algorithm and signature, as they go over the wire
     * @throws IllegalArgumentException if the key makes no such signatures
     */
    public byte[] sign(String signatureAlgorithm, byte[] data) {
        return key.sign(signatureAlgorithm, data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshKeyPair that && publicKey.equals(that.publicKey);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    @Override
    public String toString() {
        return "SshKeyPair[" + publicKey.fingerprint() + "]";
    }

    private static String oneLine(String comment) {
        if (hasControls(comment)) {
            throw new IllegalArgumentException("the comment of an SSH key must not have control characters");
        }
        return comment.strip();
    }

    private static boolean hasControls(String comment) {
        return comment.chars().anyMatch(Character::isISOControl);
    }
}
