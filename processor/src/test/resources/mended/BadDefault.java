package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.config.DataSize;
import dev.foothold.environ.Environ;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

@Provider("acme")
class BadDefault implements Environ {
    BadDefault(Config config) {}

    record Config(
            @Setting(defaultValue = "1m") Duration timeout,
            @Setting(defaultValue = "2147483647") int retries,
            @Setting(defaultValue = "1, 2") List<Integer> ports,
            @Setting(defaultValue = "a=1, b=2") Map<String, Long> quotas,
            @Setting(defaultValue = "very-large") Size size,
            @Setting(defaultValue = "https://acme.example") URI endpoint,
            @Setting(defaultValue = "10G") DataSize disk,
            @Setting(defaultValue = "0.5") double ratio,
            @Setting(defaultValue = "very-large") List<Size> sizes,
            @Setting(defaultValue = "") List<Region> regions,
            @Setting(defaultValue = "true") boolean tls) {}

    record Region(String name) {}

    enum Size {
        VERY_LARGE
    }
}
