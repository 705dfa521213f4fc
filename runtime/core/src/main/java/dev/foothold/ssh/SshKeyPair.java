package dev.foothold.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Holds an Ed25519 key pair: of a host, or one to log in with.
 *
 * <p>The private half leaves it only through {@link #privateKeyText()}; {@link #toString()} shows the fingerprint and
 * nothing else. Two pairs are equal if their public keys are. Immutable.
 */
public final class SshKeyPair {

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final String ALGORITHM = "ssh-ed25519";
    private static final String SUBJECT = "the SSH private key";

    /** What PKCS #8 and X.509 put in front of the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int KEY_LENGTH = 32;
    private static final int BLOCK_LENGTH = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] seed;
    private final byte[] point;
    private final SshPublicKey publicKey;

    private SshKeyPair(byte[] seed, byte[] point, String comment) {
        this.seed = seed;
        this.point = point;
        this.publicKey = SshPublicKey.ed25519(point, comment);
    }

    /**
     * Makes a new key pair.
     *
     * @param comment says whose it is; may be empty, spaces around are dropped
     * @return a pair that nobody else has
     * @throws IllegalArgumentException if the comment has control characters, such as an end of line
     */
    public static SshKeyPair generate(String comment) {
        String line = oneLine(comment);
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SshKeyPair(
                    keyBytes(pair.getPrivate().getEncoded(), PKCS8_PREFIX.length),
                    keyBytes(pair.getPublic().getEncoded(), X509_PREFIX.length),
                    line);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot make Ed25519 keys", e);
        }
    }

    /**
     * Reads a key pair from what {@link #privateKeyText()} gives, or {@code ssh-keygen -t ed25519 -N ''} writes.
     *
     * @param privateKeyText an Ed25519 key in OpenSSH's own format, without a passphrase
     * @return the pair
     * @throws IllegalArgumentException if it is not such a key; the message holds nothing of it
     */
    public static SshKeyPair parse(String privateKeyText) {
        WireReader file = new WireReader(SUBJECT, decode(privateKeyText));
        if (!Arrays.equals(file.raw(MAGIC.length), MAGIC)) {
            throw new IllegalArgumentException(SUBJECT + " is not in the openssh-key-v1 format");
        }
        String cipher = file.text();
        file.string();
        file.string();
        if (!cipher.equals("none")) {
            throw new IllegalArgumentException(
                    SUBJECT + " is protected by a passphrase; remove it with ssh-keygen -p, or use another key");
        }
        require(file.number() == 1, "does not hold exactly one key");
        byte[] blob = file.string();
        WireReader secret = new WireReader(SUBJECT, file.string());
        require(file.rest().length == 0, "has something behind its end");
        int check = secret.number();
        require(secret.number() == check, "is damaged: its two check numbers differ");
        require(secret.text().equals(ALGORITHM), "is not an Ed25519 key");
        byte[] point = secret.string();
        byte[] both = secret.string();
        String comment = secret.text();
        byte[] padding = secret.rest();
        require(Arrays.equals(padding, padding(padding.length)), "is damaged: its padding is wrong");
        require(point.length == KEY_LENGTH && both.length == 2 * KEY_LENGTH, "is damaged: its length is wrong");

        SshKeyPair pair = new SshKeyPair(Arrays.copyOf(both, KEY_LENGTH), point, oneLine(comment));
        boolean copiesAgree = Arrays.equals(Arrays.copyOfRange(both, KEY_LENGTH, both.length), point)
                && Arrays.equals(pair.publicKey.blob(), blob);
        require(copiesAgree && pair.halvesBelongTogether(), "is damaged: its public and private half differ");
        return pair;
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
        int check = RANDOM.nextInt();
        byte[] both = Arrays.copyOf(seed, 2 * KEY_LENGTH);
        System.arraycopy(point, 0, both, KEY_LENGTH, KEY_LENGTH);
        WireWriter secret = new WireWriter()
                .number(check)
                .number(check)
                .text(ALGORITHM)
                .string(point)
                .string(both)
                .text(publicKey.comment());
        secret.raw(padding(-secret.size() & BLOCK_LENGTH - 1));
        byte[] file = new WireWriter()
                .raw(MAGIC)
                .text("none")
                .text("none")
                .text("")
                .number(1)
                .string(publicKey.blob())
                .string(secret.toBytes())
                .toBytes();
        String base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file);
        return BEGIN + "\n" + base64 + "\n" + END + "\n";
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

    private boolean halvesBelongTogether() {
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(
                            new WireWriter().raw(PKCS8_PREFIX).raw(seed).toBytes()));
            PublicKey publicKey = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(
                            new WireWriter().raw(X509_PREFIX).raw(point).toBytes()));
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(point);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey);
            verifier.update(point);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            // The point is not on the curve.
            return false;
        }
    }

    private static byte[] keyBytes(byte[] encoded, int offset) {
        return Arrays.copyOfRange(encoded, offset, offset + KEY_LENGTH);
    }

    private static byte[] padding(int length) {
        byte[] padding = new byte[length];
        for (int i = 0; i < length; i++) {
            padding[i] = (byte) (i + 1);
        }
        return padding;
    }

    private static byte[] decode(String text) {
        String stripped = text.strip();
        require(
                stripped.length() >= BEGIN.length() + END.length()
                        && stripped.startsWith(BEGIN)
                        && stripped.endsWith(END),
                "does not stand between \"" + BEGIN + "\" and \"" + END + "\"");
        String base64 = stripped.substring(BEGIN.length(), stripped.length() - END.length());
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            // Without its cause, whose message shows a piece of the key.
            throw new IllegalArgumentException(SUBJECT + " is not valid Base64");
        }
    }

    private static String oneLine(String comment) {
        if (comment.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the comment of an SSH key must not have control characters");
        }
        return comment.strip();
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(SUBJECT + " " + problem);
        }
    }
}
