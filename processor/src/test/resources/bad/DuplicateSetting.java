package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class DuplicateSetting implements Environ {
    DuplicateSetting(Config config, Credential credential) {}

    record Config(String userName) {}

    record Credential(
            // ERROR: [DuplicateSetting] at "user-name"
            @Setting(name = "user-name") String login,
            String password) {}
}
