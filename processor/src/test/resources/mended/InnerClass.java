package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

class InnerClass {
    @Provider("acme")
    static class Acme implements Environ {}
}
