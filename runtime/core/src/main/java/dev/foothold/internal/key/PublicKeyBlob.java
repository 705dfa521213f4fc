package dev.foothold.internal.key;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Knows what is in the bytes of a public key, and checks signatures with them. */
public final class PublicKeyBlob {

    /** The name of Ed25519 keys and their signatures. */
    public static final String ED25519 = "ssh-ed25519";

    /** The name of RSA keys; signatures of that name would be SHA-1 and are neither made nor accepted. */
    public static final String RSA = "ssh-rsa";

    private static final String RSA_SHA256 = "rsa-sha2-256";
    private static final String RSA_SHA512 = "rsa-sha2-512";

    private PublicKeyBlob() {}

    /**
     * Names the signatures that a key can make, the preferred one first.
     *
     * @param algorithm the algorithm of a key
     * @return the names; empty for keys that nothing here can work with
     */
    public static List<String> signatureAlgorithms(String algorithm) {
        if (algorithm.equals(RSA)) {
            // Servers have stopped to sign with SHA-1, which is what the name of the key's own algorithm stands for.
            return List.of(RSA_SHA512, RSA_SHA256);
        }
        return algorithm.equals(ED25519) || KeyCurve.of(algorithm).isPresent() ? List.of(algorithm) : List.of();
    }

    /**
     * Checks a signature.
     *
     * @param subject whose key it is, for messages
     * @param blob the key
     * @param signature algorithm and signature, as they go over the wire
     * @param data what was signed
     * @return whether the key has signed the data
     * @throws IllegalArgumentException if the key or the signature is malformed or of an algorithm that is not accepted
     */
    public static boolean verifies(String subject, byte[] blob, byte[] signature, byte[] data) {
        WireReader key = new WireReader(subject, blob);
        String algorithm = key.text();
        WireReader signed = new WireReader("the signature of " + subject, signature);
        String signatureAlgorithm = signed.text();
        if (!signatureAlgorithms(algorithm).contains(signatureAlgorithm)) {
            throw new IllegalArgumentException("the signature of " + subject + " is of the kind \""
                    + signatureAlgorithm.replaceAll("[^\\x20-\\x7e]", "?") + "\", which is not accepted");
        }
        byte[] value = signed.string();
        try {
            if (algorithm.equals(ED25519)) {
                byte[] point = key.string();
                if (point.length != Ed25519PublicKeyParameters.KEY_SIZE) {
                    throw new IllegalArgumentException(subject + " is damaged: its length is wrong");
                }
                return verify(new Ed25519Signer(), new Ed25519PublicKeyParameters(point), value, data);
            }
            if (algorithm.equals(RSA)) {
                BigInteger exponent = key.bigNumber();
                RSAKeyParameters rsa = new RSAKeyParameters(false, key.bigNumber(), exponent);
                return verify(new RSADigestSigner(digestOf(signatureAlgorithm)), rsa, value, data);
            }
            KeyCurve curve = KeyCurve.of(algorithm).orElseThrow();
            key.string();
            ECDSASigner signer = new ECDSASigner();
            signer.init(
                    false,
                    new ECPublicKeyParameters(curve.domain().getCurve().decodePoint(key.string()), curve.domain()));
            WireReader numbers = new WireReader("the signature of " + subject, value);
            return signer.verifySignature(digest(curve.digest(), data), numbers.bigNumber(), numbers.bigNumber());
        } catch (ArithmeticException | ClassCastException e) {
            throw new IllegalArgumentException(subject + " is damaged", e);
        }
    }

    private static boolean verify(Signer signer, AsymmetricKeyParameter key, byte[] signature, byte[] data) {
        signer.init(false, key);
        signer.update(data, 0, data.length);
        return signer.verifySignature(signature);
    }

    static Digest digestOf(String rsaSignature) {
        return rsaSignature.equals(RSA_SHA256) ? new SHA256Digest() : new SHA512Digest();
    }

    static byte[] digest(Digest digest, byte[] data) {
        digest.update(data, 0, data.length);
        byte[] value = new byte[digest.getDigestSize()];
        digest.doFinal(value, 0);
        return value;
    }

    static byte[] ed25519(byte[] point) {
        return new WireWriter().text(ED25519).string(point).toBytes();
    }

    static byte[] rsa(BigInteger exponent, BigInteger modulus) {
        return new WireWriter().text(RSA).bigNumber(exponent).bigNumber(modulus).toBytes();
    }

    static byte[] ecdsa(KeyCurve curve, ECPrivateKeyParameters secret) {
        byte[] point = new FixedPointCombMultiplier()
                .multiply(curve.domain().getG(), secret.getD())
                .getEncoded(false);
        return new WireWriter()
                .text(curve.algorithm())
                .text(curve.curveName())
                .string(point)
                .toBytes();
    }

    static byte[] ecdsaPoint(byte[] blob) {
        WireReader reader = new WireReader("the key", blob);
        reader.text();
        reader.text();
        return reader.string();
    }
}
