package dev.foothold.internal.ssh;

import com.hierynomus.sshj.transport.cipher.GcmCipher;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.Cipher;

/**
 * AES-GCM of the Java platform, which has the processor do it. sshj would take Bouncy Castle's, which computes it step by
 * step and takes several times as long.
 */
final class PlatformGcm implements Factory.Named<Cipher> {

    private static final int VECTOR = 12;
    private static final int TAG = 16;

    private final int keySize;
    private final String name;

    private PlatformGcm(int keySize, String name) {
        this.keySize = keySize;
        this.name = name;
    }

    static PlatformGcm aes128() {
        return new PlatformGcm(16, GcmCiphers.AES128GCM().getName());
    }

    static PlatformGcm aes256() {
        return new PlatformGcm(32, GcmCiphers.AES256GCM().getName());
    }

    @Override
    public Cipher create() {
        return new GcmCipher(VECTOR, TAG, keySize, "AES", "AES/" + GcmCiphers.GALOIS_COUNTER_MODE + "/NoPadding") {
            @Override
            protected void initCipher(javax.crypto.Cipher given, Mode mode, byte[] key, byte[] vector)
                    throws InvalidKeyException, InvalidAlgorithmParameterException {
                try {
                    cipher = javax.crypto.Cipher.getInstance(given.getAlgorithm());
                } catch (GeneralSecurityException e) {
                    // The one that was given does it, too.
                    cipher = given;
                }
                super.initCipher(cipher, mode, key, vector);
            }
        };
    }

    @Override
    public String getName() {
        return name;
    }
}
