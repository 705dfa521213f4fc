package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

class DuplicateName {
    @Provider("acme")
    static class One implements Environ {}

    // WARNING: [DuplicateName] at "acme"
    @Provider(value = "other", aliases = "acme")
    static class Two implements Environ {}
}
