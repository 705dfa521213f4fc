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
            // ERROR: [BadDefault] at "a minute"
            @Setting(defaultValue = "a minute") Duration timeout,
            // ERROR: [BadDefault] at "2147483648"
            @Setting(defaultValue = "2147483648") int retries,
            // ERROR: [BadDefault] at "1, two"
            @Setting(defaultValue = "1, two") List<Integer> ports,
            // ERROR: [BadDefault] at "a"
            @Setting(defaultValue = "a") Map<String, Long> quotas,
            // ERROR: [BadDefault] at "VERY_LARGE"
            @Setting(defaultValue = "VERY_LARGE") Size size,
            // ERROR: [BadDefault] at "acme.example"
            @Setting(defaultValue = "acme.example") URI endpoint,
            // ERROR: [BadDefault] at "10"
            @Setting(defaultValue = "10") DataSize disk,
            // ERROR: [BadDefault] at "NaN"
            @Setting(defaultValue = "NaN") double ratio,
            // ERROR: [BadDefault] at "some"
            @Setting(defaultValue = "some") List<Size> sizes,
            // ERROR: [BadDefault] at "north"
            @Setting(defaultValue = "north") List<Region> regions,
            // ERROR: [BadDefault] at "yes"
            @Setting(defaultValue = "yes") boolean tls) {}

    record Region(String name) {}

    enum Size {
        VERY_LARGE
    }
}
