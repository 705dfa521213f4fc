package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

class PrivateClass {
    private static class Hidden {
        @Provider("acme")
        // ERROR: [PrivateClass] at "class"
        static class Acme implements Environ {
            Acme() {}
        }
    }
}
