package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

class InnerClass {
    @Provider("acme")
    // ERROR: [InnerClass] at "class"
    class Acme implements Environ {}
}
