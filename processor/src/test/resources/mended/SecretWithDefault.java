package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;
import dev.foothold.environ.Environ;

@Provider("acme")
class SecretWithDefault implements Environ {
    SecretWithDefault(Config config) {}

    record Config(
            @Setting Secret password) {}
}
