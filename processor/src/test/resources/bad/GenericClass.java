package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
// ERROR: [GenericClass] at "class"
class GenericClass<T> implements Environ {}
