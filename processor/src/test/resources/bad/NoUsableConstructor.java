package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
// ERROR: [NoUsableConstructor] at "class"
class NoUsableConstructor implements Environ {
    private NoUsableConstructor() {}

    private NoUsableConstructor(int number) {}
}
