package dev.foothold.internal.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.jspecify.annotations.Nullable;

/**
 * Holds a private key: Ed25519, RSA, or ECDSA on a NIST curve. The public half is computed from it, so the two always
 * belong together. Immutable, thread-safe; prints nothing of itself.
 */
public final class PrivateKey {

    /** RSA keys below that are no protection any more; OpenSSH refuses them, too. */
    private static final int SHORTEST_RSA = 1024;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final AsymmetricKeyParameter key;
    private final @Nullable KeyCurve curve;
    private final byte[] publicBlob;
    private final String comment;

    private PrivateKey(AsymmetricKeyParameter key, @Nullable KeyCurve curve, byte[] publicBlob, String comment) {
        this.key = key;
        this.curve = curve;
        this.publicBlob = publicBlob;
        this.comment = comment;
    }

    /**
     * Makes a new Ed25519 key.
     *
     * @param comment says whose it is
     * @return a key that nobody else has
     */
    public static PrivateKey generate(String comment) {
        return ed25519(new Ed25519PrivateKeyParameters(RANDOM), comment);
    }

    /**
     * Reads a private key file: OpenSSH's own format, PKCS #1, PKCS #8 or SEC 1 in PEM.
     *
     * @param subject what is read, for messages
     * @param text the whole file
     * @param passphrase opens it if it is locked; empty if there is none; not kept
     * @return the key
     * @throws IllegalArgumentException if it cannot be read; the message names the subject and quotes nothing of the key
     */
    public static PrivateKey parse(String subject, String text, Optional<char[]> passphrase) {
        try {
            return text.contains(OpenSshKeyFile.BEGIN)
                    ? OpenSshKeyFile.parse(subject, text, passphrase)
                    : PemKeyFile.parse(subject, text, passphrase);
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            // What Bouncy Castle finds wrong. Without its cause, whose message may show a piece of the key.
            throw new Refusal(
                    subject, "is damaged, or of an algorithm that is not accepted; use an Ed25519, ECDSA or RSA key");
        }
    }

    /** Says why a key cannot be used, in words that are fit for users. */
    static final class Refusal extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Refusal(String subject, String problem) {
            super(subject + " " + problem);
        }
    }

    static PrivateKey of(String subject, AsymmetricKeyParameter key, String comment) {
        if (key instanceof Ed25519PrivateKeyParameters secret) {
            return ed25519(secret, comment);
        }
        if (key instanceof RSAPrivateCrtKeyParameters secret) {
            return rsa(subject, secret, comment);
        }
        if (key instanceof ECPrivateKeyParameters secret) {
            KeyCurve curve = KeyCurve.of(secret.getParameters())
                    .orElseThrow(() -> new Refusal(
                            subject, "is on a curve that SSH does not know; use nistp256, nistp384 or nistp521"));
            return new PrivateKey(secret, curve, PublicKeyBlob.ecdsa(curve, secret), comment);
        }
        throw new Refusal(subject, "is of an algorithm that is not accepted; use an Ed25519, ECDSA or RSA key");
    }

    private static PrivateKey ed25519(Ed25519PrivateKeyParameters secret, String comment) {
        byte[] point = secret.generatePublicKey().getEncoded();
        return new PrivateKey(secret, null, PublicKeyBlob.ed25519(point), comment);
    }

    private static PrivateKey rsa(String subject, RSAPrivateCrtKeyParameters secret, String comment) {
        BigInteger p = secret.getP();
        BigInteger q = secret.getQ();
        BigInteger product = secret.getPublicExponent().multiply(secret.getExponent());
        boolean consistent = p.signum() > 0
                && q.signum() > 0
                && p.multiply(q).equals(secret.getModulus())
                && isOneModulo(product, p.subtract(BigInteger.ONE))
                && isOneModulo(product, q.subtract(BigInteger.ONE));
        if (!consistent) {
            throw new Refusal(subject, "is damaged: its public and private half differ");
        }
        if (secret.getModulus().bitLength() < SHORTEST_RSA) {
            throw new Refusal(
                    subject,
                    "is an RSA key of only " + secret.getModulus().bitLength()
                            + " bits; use one of at least 2048, or an Ed25519 key");
        }
        return new PrivateKey(
                secret, null, PublicKeyBlob.rsa(secret.getPublicExponent(), secret.getModulus()), comment);
    }

    private static boolean isOneModulo(BigInteger value, BigInteger modulus) {
        return modulus.signum() > 0 && value.mod(modulus).equals(BigInteger.ONE);
    }

    /**
     * Gives the public half.
     *
     * @return a copy of its bytes, as they go over the wire
     */
    public byte[] publicBlob() {
        return publicBlob.clone();
    }

    /**
     * Gives the comment.
     *
     * @return what the file said about whose it is; empty for none
     */
    public String comment() {
        return comment;
    }

    /**
     * Renders the key in OpenSSH's own format, without a passphrase.
     *
     * @return the text of a private key file, which ends with an end of line
     */
    public String render() {
        return OpenSshKeyFile.render(this);
    }

    /**
     * Signs data.
     *
     * @param signatureAlgorithm one of {@link PublicKeyBlob#signatureAlgorithms}
     * @param data what to sign
     * @return algorithm and signature, as they go over the wire
     * @throws IllegalArgumentException if the key makes no such signatures
     */
    public byte[] sign(String signatureAlgorithm, byte[] data) {
        String algorithm = new WireReader("the key", publicBlob).text();
        if (!PublicKeyBlob.signatureAlgorithms(algorithm).contains(signatureAlgorithm)) {
            throw new IllegalArgumentException(
                    "an " + algorithm + " key makes no signatures of the kind \"" + signatureAlgorithm + "\"");
        }
        return new WireWriter()
                .text(signatureAlgorithm)
                .string(signature(signatureAlgorithm, data))
                .toBytes();
    }

    private byte[] signature(String signatureAlgorithm, byte[] data) {
        if (curve != null) {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(curve.digest()));
            signer.init(true, key);
            BigInteger[] numbers = signer.generateSignature(PublicKeyBlob.digest(curve.digest(), data));
            return new WireWriter().bigNumber(numbers[0]).bigNumber(numbers[1]).toBytes();
        }
        Signer signer = key instanceof Ed25519PrivateKeyParameters
                ? new Ed25519Signer()
                : new RSADigestSigner(PublicKeyBlob.digestOf(signatureAlgorithm));
        signer.init(true, key);
        signer.update(data, 0, data.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("a key that was checked cannot sign", e);
        }
    }

    AsymmetricKeyParameter key() {
        return key;
    }

    Optional<KeyCurve> curve() {
        return Optional.ofNullable(curve);
    }

    @Override
    public String toString() {
        return "PrivateKey[" + new WireReader("the key", publicBlob).text() + "]";
    }
}
