package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
// ERROR: [MissingType] at "class"
class MissingType implements Environ {
    // ERROR: cannot find symbol at "Nowhere"
    MissingType(Nowhere config) {}
}
