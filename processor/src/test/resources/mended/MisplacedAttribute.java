package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;
import dev.foothold.environ.Environ;
import java.time.Duration;
import java.util.Optional;

@Provider("acme")
class MisplacedAttribute implements Environ {
    MisplacedAttribute(Config config) {}

    record Config(
            @Setting Optional<Duration> timeout,
            @Setting Retry retry,
            @Setting Secret token,
            @Setting(orFile = "key-file") String key) {}

    record Retry(int times) {}
}
