package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Provider("acme")
class UnsupportedSettingType implements Environ {
    UnsupportedSettingType(Config config) {}

    record Config(
            // ERROR: [UnsupportedSettingType] at "labels"
            Map<Integer, String> labels,
            // ERROR: [UnsupportedSettingType] at "names"
            List<Optional<String>> names,
            // ERROR: [UnsupportedSettingType] at "password"
            char[] password) {}
}
