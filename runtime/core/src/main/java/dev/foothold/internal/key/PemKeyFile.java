package dev.foothold.internal.key;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Reads private keys in PEM: PKCS #1, PKCS #8 and SEC 1, open or locked. */
final class PemKeyFile {

    /** A few seconds of work; more is an attack on whoever reads the file. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private PemKeyFile() {}

    static PrivateKey parse(String subject, String text, Optional<char[]> passphrase) {
        if (!text.contains("PRIVATE KEY-----")) {
            throw new PrivateKey.Refusal(
                    subject,
                    "is no private key: it has no line such as \"" + OpenSshKeyFile.BEGIN
                            + "\" or \"-----BEGIN PRIVATE KEY-----\"");
        }
        // None of the causes is kept: their messages may show a piece of the key.
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            PrivateKeyInfo info = open(subject, parser.readObject(), passphrase);
            return PrivateKey.of(subject, PrivateKeyFactory.createKey(info), "");
        } catch (IOException e) {
            throw damaged(subject);
        }
    }

    private static PrivateKeyInfo open(String subject, Object content, Optional<char[]> passphrase) {
        if (content instanceof PrivateKeyInfo info) {
            return info;
        }
        if (content instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (content instanceof PEMEncryptedKeyPair locked) {
            return unlock(subject, locked, required(subject, passphrase));
        }
        if (content instanceof PKCS8EncryptedPrivateKeyInfo locked) {
            return unlock(subject, locked, required(subject, passphrase));
        }
        throw damaged(subject);
    }

    private static char[] required(String subject, Optional<char[]> passphrase) {
        return passphrase.orElseThrow(
                () -> new PrivateKey.Refusal(subject, "is locked by a passphrase, and none was given"));
    }

    private static PrivateKeyInfo unlock(String subject, PEMEncryptedKeyPair locked, char[] passphrase) {
        try {
            return locked.decryptKeyPair(new BcPEMDecryptorProvider(utf8(passphrase)))
                    .getPrivateKeyInfo();
        } catch (IOException | RuntimeException e) {
            throw wrongPassphrase(subject);
        }
    }

    /** Bouncy Castle takes each character of such passphrases for a byte, but the tools that lock keys write UTF-8. */
    private static char[] utf8(char[] passphrase) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        char[] each = new char[bytes.remaining()];
        for (int i = 0; i < each.length; i++) {
            each[i] = (char) (bytes.get() & 0xff);
        }
        return each;
    }

    private static PrivateKeyInfo unlock(String subject, PKCS8EncryptedPrivateKeyInfo locked, char[] passphrase) {
        requireReasonableWork(subject, locked.toASN1Structure());
        try {
            return locked.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(passphrase));
        } catch (OperatorCreationException e) {
            throw new PrivateKey.Refusal(subject, "is locked with a cipher that is not known");
        } catch (PKCSException | RuntimeException e) {
            throw wrongPassphrase(subject);
        }
    }

    private static void requireReasonableWork(String subject, EncryptedPrivateKeyInfo locked) {
        if (!locked.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            throw new PrivateKey.Refusal(
                    subject, "is locked in a way that is not safe any more; lock it anew with openssl pkcs8 -topk8");
        }
        PBES2Parameters parameters =
                PBES2Parameters.getInstance(locked.getEncryptionAlgorithm().getParameters());
        if (!parameters.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw new PrivateKey.Refusal(
                    subject, "is locked in a way that is not known; lock it anew with openssl pkcs8 -topk8");
        }
        PBKDF2Params derivation =
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        if (derivation.getIterationCount().bitLength() >= Integer.SIZE
                || derivation.getIterationCount().intValue() > MOST_ITERATIONS) {
            throw new PrivateKey.Refusal(subject, "asks for more work to open it than is reasonable");
        }
    }

    private static PrivateKey.Refusal wrongPassphrase(String subject) {
        return new PrivateKey.Refusal(subject, "cannot be opened with the passphrase that was given");
    }

    private static PrivateKey.Refusal damaged(String subject) {
        return new PrivateKey.Refusal(subject, "is damaged: it is not a private key in PEM");
    }
}
