package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadConstructorParameter implements Environ {
    // ERROR: [BadConstructorParameter] at "endpoint"
    BadConstructorParameter(String endpoint, Config config) {}

    record Config(int port) {}
}
