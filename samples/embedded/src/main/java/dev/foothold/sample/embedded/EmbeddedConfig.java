package dev.foothold.sample.embedded;

import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Says where the cloud is, and what its machines are like.
 *
 * @param endpoint where its API listens
 * @param timeout how long one call to it may take
 * @param dataDirectory where its machines keep Foothold's data
 * @param image what machines are started from, unless it is said otherwise
 */
// tag::config[]
public record EmbeddedConfig(
        @Setting(doc = "Where the cloud's API listens.", env = "EMBEDDED_ENDPOINT")
        URI endpoint,

        @Setting(doc = "How long one call may take.", defaultValue = "30s")
        Duration timeout,

        @Setting(
                doc = "Where machines keep Foothold's data; relative for machines that are directories.",
                defaultValue = Environ.DATA_DIRECTORY,
                immutable = true)
        String dataDirectory,

        @Setting(doc = "What machines are started from. Default: the cloud's best match.", deprecatedNames = "template")
        Optional<String> image) {}
// end::config[]
