package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class AmbiguousConstructor implements Environ {
    AmbiguousConstructor() {}

    record Config() {}

    // ERROR: [AmbiguousConstructor] at "AmbiguousConstructor"
    AmbiguousConstructor(Config config) {}
}
