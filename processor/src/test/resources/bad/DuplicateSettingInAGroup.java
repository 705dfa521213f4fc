package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class DuplicateSettingInAGroup implements Environ {
    DuplicateSettingInAGroup(Config config) {}

    record Config(Retry first, @Setting(name = "second") Retry second) {}

    record Retry(
            int times,
            // ERROR: [DuplicateSetting] at "times"
            @Setting(deprecatedNames = "times") int count) {}
}
