package acme;

import dev.foothold.annotation.Credential;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;

/**
 * As whom.
 *
 * @param accessKey the user
 * @param secretKey the password
 */
@Credential("access-key")
public record AcmeCredential(
        @Setting(env = "ACME_ACCESS_KEY") String accessKey,
        @Setting(env = "ACME_SECRET_KEY", doc = "Made in the console.\nShown once.") Secret secretKey) {}
