package dev.foothold.sample.embedded;

import dev.foothold.annotation.Setting;
import java.net.URI;

/**
 * Says where the cloud is.
 *
 * @param endpoint where its API listens
 */
public record EmbeddedConfig(
        @Setting(doc = "Where the cloud's API listens.", env = "EMBEDDED_ENDPOINT")
        URI endpoint) {}
