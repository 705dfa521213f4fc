package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

// GIVEN: a compiler that cannot write
@Provider("acme")
// ERROR: [Internal] at "class"
class Internal implements Environ {}
