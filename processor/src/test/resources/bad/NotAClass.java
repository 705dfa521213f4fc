package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

// ERROR: [NotAClass] at "@Provider"
@Provider("acme")
interface NotAClass extends Environ {}
