package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
// ERROR: [AbstractClass] at "class"
abstract class AbstractClass implements Environ {}
