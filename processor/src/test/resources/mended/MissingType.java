package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class MissingType implements Environ {
    record Nowhere() {}

    MissingType(Nowhere config) {}
}
