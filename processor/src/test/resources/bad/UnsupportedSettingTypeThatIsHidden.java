package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class UnsupportedSettingTypeThatIsHidden implements Environ {
    UnsupportedSettingTypeThatIsHidden(Config config) {}

    private enum Size {
        SMALL
    }

    // ERROR: [UnsupportedSettingType] at "size"
    record Config(Size size) {}
}
