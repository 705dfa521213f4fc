package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadConstructorParameterPrivate implements Environ {
    // ERROR: [BadConstructorParameter] at "config"
    BadConstructorParameterPrivate(Config config) {}

    private record Config(int port) {}
}
