package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

class PrivateClass {
    static class Hidden {
        @Provider("acme")
        static class Acme implements Environ {
            Acme() {}
        }
    }
}
