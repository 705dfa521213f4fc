package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadVariable implements Environ {
    BadVariable(Config config) {}

    record Config(
            @Setting(env = "ACME_ENDPOINT") String endpoint) {}
}
