package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class NoUsableConstructor implements Environ {
    NoUsableConstructor() {}

    private NoUsableConstructor(int number) {}
}
