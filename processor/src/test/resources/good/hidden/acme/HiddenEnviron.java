package acme;

import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.ZonedEnviron;

/** Not for other packages, and with names that collide with those of generated code. */
@ZonedProvider("hidden")
class HiddenEnviron implements ZonedEnviron {
    HiddenEnviron(Settings model, Login in$) {}

    enum Mode {
        FAST
    }

    record Settings(String settings, String in, Mode foothold, String config) {}

    record Login(@dev.foothold.annotation.Setting(name = "login-config") String config) {}
}
