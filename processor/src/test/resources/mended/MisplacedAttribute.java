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
            @Setting Optional<Duration> timeout,
            @Setting Retry retry,
            @Setting Secret token,
            @Setting(defaultValue = "") Map<String, List<String>> routes,
            List<String> hosts,
            @Setting(orFile = "key-file") String key) {}

    record Retry(int times) {}
}
