package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadVariable implements Environ {
    BadVariable(Config config) {}

    record Config(
            // ERROR: [BadVariable] at "acme.endpoint"
            @Setting(env = "acme.endpoint") String endpoint) {}
}
