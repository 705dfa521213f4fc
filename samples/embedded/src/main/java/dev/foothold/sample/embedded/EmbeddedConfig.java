package dev.foothold.sample.embedded;

import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;
import java.net.URI;

/**
 * Says where the cloud is, and what its machines are like.
 *
 * @param endpoint where its API listens
 * @param dataDirectory where its machines keep Foothold's data
 */
public record EmbeddedConfig(
        @Setting(doc = "Where the cloud's API listens.", env = "EMBEDDED_ENDPOINT")
        URI endpoint,

        @Setting(
                doc = "Where machines keep Foothold's data; relative for machines that are directories.",
                defaultValue = Environ.DATA_DIRECTORY)
        String dataDirectory) {}
