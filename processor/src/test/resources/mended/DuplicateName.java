package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

class DuplicateName {
    @Provider("acme")
    static class One implements Environ {}

    @Provider(value = "other", aliases = "acme-old")
    static class Two implements Environ {}
}
