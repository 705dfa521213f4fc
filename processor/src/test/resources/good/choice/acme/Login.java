package acme;

import dev.foothold.annotation.Credential;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;
import java.util.Optional;

/** One of the ways to say who asks. */
public sealed interface Login {
    /**
     * With a pair of keys.
     *
     * @param id the public one
     * @param key the other one
     */
    record AccessKey(
            @Setting(env = "ACME_KEY_ID") String id,
            @Setting(env = "ACME_KEY") Secret key) implements Login {}

    /**
     * With a certificate.
     *
     * @param id whose
     * @param certificate the text in a file
     * @param privateKey the key to it
     * @param passphrase opens the key
     */
    @Credential("certificate")
    record CertificateLogin(
            String id,
            @Setting(fromFile = true) String certificate,
            @Setting(orFile = "private-key-file") Secret privateKey,
            Optional<Secret> passphrase) implements Login {}
}
