package acme;

import dev.foothold.annotation.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how.
 *
 * @param endpoint the API
 * @param timeout the longest wait
 * @param retries how often
 * @param quota how much
 * @param verifyTls whether
 * @param cacheDir where to
 * @param size how big
 */
public record AcmeConfig(
        @Setting(doc = "Where the API listens.", env = "ACME_ENDPOINT") URI endpoint,
        @Setting(defaultValue = "30s") Duration timeout,
        int retries,
        Long quota,
        @Setting(name = "tls", defaultValue = "true") boolean verifyTls,
        @Setting(defaultValue = "/var/cache/acme") Path cacheDir,
        @Setting(defaultValue = "very-large") Size size) {

    /** How big. */
    public enum Size {
        /** Not big. */
        SMALL,
        /** Big. */
        VERY_LARGE
    }
}
