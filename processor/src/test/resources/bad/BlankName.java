package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

// ERROR: [BlankName] at " "
@Provider(" ")
class BlankName implements Environ {}
