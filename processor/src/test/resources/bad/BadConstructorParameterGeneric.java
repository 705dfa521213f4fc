package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadConstructorParameterGeneric implements Environ {
    // ERROR: [BadConstructorParameter] at "config"
    BadConstructorParameterGeneric(Config<String> config) {}

    record Config<T>(T value) {}
}
