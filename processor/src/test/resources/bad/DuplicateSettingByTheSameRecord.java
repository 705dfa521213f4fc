package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class DuplicateSettingByTheSameRecord implements Environ {
    DuplicateSettingByTheSameRecord(Config one, Config two) {}

    // ERROR: [DuplicateSetting] at "a"
    record Config(String a, String b) {}
}
