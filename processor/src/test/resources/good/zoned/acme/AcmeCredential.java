package acme;

import dev.foothold.annotation.Setting;

/**
 * As whom.
 *
 * @param accessKey the user
 * @param secretKey the password
 */
public record AcmeCredential(
        @Setting(env = "ACME_ACCESS_KEY") String accessKey,
        @Setting(secret = true, env = "ACME_SECRET_KEY", doc = "Made in the console.\nShown once.") String secretKey) {}
