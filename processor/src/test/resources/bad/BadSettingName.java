package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadSettingName implements Environ {
    BadSettingName(Config config) {}

    record Config(
            int port,
            // ERROR: [BadSettingName] at "End Point"
            @Setting(name = "End Point") String endpoint) {}
}
