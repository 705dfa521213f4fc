package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;
import dev.foothold.environ.Environ;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Provider("acme")
class MisplacedAttribute implements Environ {
    MisplacedAttribute(Config config) {}

    record Config(
            // ERROR: [MisplacedAttribute] at "30s"
            @Setting(defaultValue = "30s") Optional<Duration> timeout,
            // ERROR: [MisplacedAttribute] at "ACME_RETRY"
            @Setting(env = "ACME_RETRY") Retry retry,
            // ERROR: [MisplacedAttribute] at "true"
            @Setting(immutable = true) Secret token,
            // ERROR: [MisplacedAttribute] at "ACME_ROUTES"
            @Setting(env = "ACME_ROUTES", defaultValue = "") Map<String, List<String>> routes,
            // ERROR: [MisplacedAttribute] at "hosts-file"
            @Setting(orFile = "hosts-file") List<String> hosts,
            // ERROR: [MisplacedAttribute] at "key-file"
            @Setting(fromFile = true, orFile = "key-file") String key) {}

    record Retry(int times) {}
}
