package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

// ERROR: [BadName] at "Acme Cloud"
@Provider("Acme Cloud")
class BadName implements Environ {}
