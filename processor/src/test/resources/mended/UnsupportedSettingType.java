package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;
import java.util.List;
import java.util.Map;

@Provider("acme")
class UnsupportedSettingType implements Environ {
    UnsupportedSettingType(Config config) {}

    record Config(
            Map<String, Integer> labels,
            List<String> names,
            String password) {}
}
