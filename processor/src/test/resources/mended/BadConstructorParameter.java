package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadConstructorParameter implements Environ {
    BadConstructorParameter(Config config) {}

    record Config(int port) {}
}
