package dev.foothold.internal.key;

import com.hierynomus.sshj.userauth.keyprovider.bcrypt.BCrypt;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** Reads and writes OpenSSH's own format of private keys, {@code openssh-key-v1}. */
final class OpenSshKeyFile {

    static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK_LENGTH = 8;
    private static final int CIPHER_BLOCK = 16;
    private static final int GCM_TAG_BITS = 128;
    private static final int GCM_IV = 12;

    /** About a minute of work; more is an attack on whoever reads the file. */
    private static final int MOST_ROUNDS = 5_000;

    private OpenSshKeyFile() {}

    static PrivateKey parse(String subject, String text, Optional<char[]> passphrase) {
        WireReader file = new WireReader(subject, decode(subject, text));
        require(Arrays.equals(file.raw(MAGIC.length), MAGIC), subject, "is not in the openssh-key-v1 format");
        String cipher = file.text();
        String derivation = file.text();
        byte[] derivationOptions = file.string();
        require(file.number() == 1, subject, "does not hold exactly one key");
        byte[] blob = file.string();
        byte[] secret = file.string();
        byte[] tag = file.rest();
        if (cipher.equals("none")) {
            require(tag.length == 0, subject, "has something behind its end");
            return parseSecret(subject, blob, secret, "is damaged: its two check numbers differ");
        }
        char[] words = passphrase.orElseThrow(
                () -> new PrivateKey.Refusal(subject, "is locked by a passphrase, and none was given"));
        require(derivation.equals("bcrypt"), subject, "is locked in a way that is not known");
        return parseSecret(
                subject,
                blob,
                unlock(subject, cipher, words, derivationOptions, secret, tag),
                "cannot be opened with the passphrase that was given");
    }

    private static PrivateKey parseSecret(String subject, byte[] blob, byte[] bytes, String wrongCheck) {
        WireReader secret = new WireReader(subject, bytes);
        int check = secret.number();
        require(secret.number() == check, subject, wrongCheck);
        AsymmetricKeyParameter key = readKey(subject, secret);
        String comment = secret.text();
        byte[] padding = secret.rest();
        require(Arrays.equals(padding, padding(padding.length)), subject, "is damaged: its padding is wrong");
        PrivateKey whole = PrivateKey.of(subject, key, comment);
        require(Arrays.equals(whole.publicBlob(), blob), subject, "is damaged: its public and private half differ");
        return whole;
    }

    private static AsymmetricKeyParameter readKey(String subject, WireReader secret) {
        String algorithm = secret.text();
        if (algorithm.equals(PublicKeyBlob.ED25519)) {
            byte[] point = secret.string();
            byte[] both = secret.string();
            require(
                    point.length == Ed25519PrivateKeyParameters.KEY_SIZE && both.length == 2 * point.length,
                    subject,
                    "is damaged: its length is wrong");
            require(
                    Arrays.equals(Arrays.copyOfRange(both, point.length, both.length), point),
                    subject,
                    "is damaged: its public and private half differ");
            return new Ed25519PrivateKeyParameters(both, 0);
        }
        if (algorithm.equals(PublicKeyBlob.RSA)) {
            BigInteger modulus = secret.bigNumber();
            BigInteger exponent = secret.bigNumber();
            BigInteger secretExponent = secret.bigNumber();
            BigInteger coefficient = secret.bigNumber();
            BigInteger p = secret.bigNumber();
            BigInteger q = secret.bigNumber();
            require(
                    p.bitLength() > 1 && q.bitLength() > 1 && modulus.equals(p.multiply(q)),
                    subject,
                    "is damaged: its public and private half differ");
            return new RSAPrivateCrtKeyParameters(
                    modulus,
                    exponent,
                    secretExponent,
                    p,
                    q,
                    secretExponent.mod(p.subtract(BigInteger.ONE)),
                    secretExponent.mod(q.subtract(BigInteger.ONE)),
                    coefficient);
        }
        KeyCurve curve = KeyCurve.of(algorithm)
                .orElseThrow(() -> new PrivateKey.Refusal(
                        subject, "is of an algorithm that is not accepted; use an Ed25519, ECDSA or RSA key"));
        require(secret.text().equals(curve.curveName()), subject, "is damaged: it names two curves");
        secret.string();
        return new ECPrivateKeyParameters(secret.bigNumber(), curve.domain());
    }

    static String render(PrivateKey key) {
        // Shows whether a passphrase is the right one; there is none. Always the same, so that a text that must not be
        // shown is the same each time.
        int check = Arrays.hashCode(key.publicBlob());
        WireWriter secret = new WireWriter().number(check).number(check);
        writeKey(secret, key);
        secret.text(key.comment());
        secret.raw(padding(-secret.size() & BLOCK_LENGTH - 1));
        byte[] file = new WireWriter()
                .raw(MAGIC)
                .text("none")
                .text("none")
                .text("")
                .number(1)
                .string(key.publicBlob())
                .string(secret.toBytes())
                .toBytes();
        String base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file);
        return BEGIN + "\n" + base64 + "\n" + END + "\n";
    }

    private static void writeKey(WireWriter to, PrivateKey key) {
        if (key.key() instanceof Ed25519PrivateKeyParameters secret) {
            byte[] point = secret.generatePublicKey().getEncoded();
            to.text(PublicKeyBlob.ED25519)
                    .string(point)
                    .string(new WireWriter().raw(secret.getEncoded()).raw(point).toBytes());
        } else if (key.key() instanceof RSAPrivateCrtKeyParameters secret) {
            to.text(PublicKeyBlob.RSA)
                    .bigNumber(secret.getModulus())
                    .bigNumber(secret.getPublicExponent())
                    .bigNumber(secret.getExponent())
                    .bigNumber(secret.getQInv())
                    .bigNumber(secret.getP())
                    .bigNumber(secret.getQ());
        } else if (key.key() instanceof ECPrivateKeyParameters secret) {
            KeyCurve curve = key.curve().orElseThrow();
            to.text(curve.algorithm())
                    .text(curve.curveName())
                    .string(PublicKeyBlob.ecdsaPoint(key.publicBlob()))
                    .bigNumber(secret.getD());
        }
    }

    private static byte[] unlock(
            String subject, String cipherName, char[] passphrase, byte[] options, byte[] secret, byte[] tag) {
        int keyLength;
        String transformation;
        switch (cipherName) {
            case "aes128-ctr", "aes128-cbc", "aes128-gcm@openssh.com" -> keyLength = 16;
            case "aes192-ctr", "aes192-cbc" -> keyLength = 24;
            case "aes256-ctr", "aes256-cbc", "aes256-gcm@openssh.com" -> keyLength = 32;
            default ->
                throw new PrivateKey.Refusal(
                        subject,
                        "is locked with a cipher that is not known; lock it anew with ssh-keygen -p -Z aes256-ctr");
        }
        boolean gcm = cipherName.contains("gcm");
        transformation =
                gcm ? "AES/GCM/NoPadding" : cipherName.endsWith("ctr") ? "AES/CTR/NoPadding" : "AES/CBC/NoPadding";
        int ivLength = gcm ? GCM_IV : CIPHER_BLOCK;
        require(secret.length % CIPHER_BLOCK == 0, subject, "is cut off");
        byte[] derived = derive(subject, passphrase, options, keyLength + ivLength);
        try {
            SecretKeySpec key = new SecretKeySpec(derived, 0, keyLength, "AES");
            Cipher cipher = Cipher.getInstance(transformation);
            if (gcm) {
                cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(GCM_TAG_BITS, derived, keyLength, ivLength));
                return cipher.doFinal(new WireWriter().raw(secret).raw(tag).toBytes());
            }
            require(tag.length == 0, subject, "has something behind its end");
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(derived, keyLength, ivLength));
            return cipher.doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new PrivateKey.Refusal(subject, "cannot be opened with the passphrase that was given");
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static byte[] derive(String subject, char[] passphrase, byte[] options, int length) {
        WireReader reader = new WireReader(subject, options);
        byte[] salt = reader.string();
        int rounds = reader.number();
        require(
                rounds > 0 && rounds <= MOST_ROUNDS && salt.length > 0,
                subject,
                "asks for more work to open it than is reasonable, or for none");
        require(passphrase.length > 0, subject, "is locked by a passphrase, and the one given is empty");
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] words = Arrays.copyOf(encoded.array(), encoded.remaining());
        byte[] derived = new byte[length];
        try {
            new BCrypt().pbkdf(words, salt, rounds, derived);
            return derived;
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(words, (byte) 0);
        }
    }

    private static byte[] padding(int length) {
        byte[] padding = new byte[length];
        for (int i = 0; i < length; i++) {
            padding[i] = (byte) (i + 1);
        }
        return padding;
    }

    private static byte[] decode(String subject, String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, begin + BEGIN.length());
        require(
                text.substring(0, begin).isBlank()
                        && end >= 0
                        && text.substring(end + END.length()).isBlank(),
                subject,
                "does not stand between \"" + BEGIN + "\" and \"" + END + "\"");
        try {
            return Base64.getDecoder()
                    .decode(text.substring(begin + BEGIN.length(), end).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            // Without its cause, whose message shows a piece of the key.
            throw new PrivateKey.Refusal(subject, "is not valid Base64");
        }
    }

    private static void require(boolean condition, String subject, String problem) {
        if (!condition) {
            throw new PrivateKey.Refusal(subject, problem);
        }
    }
}
