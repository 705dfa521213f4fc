package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadConstructorParameterTooMany implements Environ {
    // ERROR: [BadConstructorParameter] at "third"
    BadConstructorParameterTooMany(One first, Two second, Three third) {}

    record One(int a) {}

    record Two(int b) {}

    record Three(int a) {}
}
