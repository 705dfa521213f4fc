package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadConstructorParameterPrimitive implements Environ {
    // ERROR: [BadConstructorParameter] at "ports"
    BadConstructorParameterPrimitive(int... ports) {}
}
