package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class AmbiguousConstructor implements Environ {
    record Config() {}

    AmbiguousConstructor(Config config) {}
}
