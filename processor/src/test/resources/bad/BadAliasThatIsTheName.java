package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider(
        value = "acme",
        // ERROR: [BadAlias] at "acme"
        aliases = "acme")
class BadAliasThatIsTheName implements Environ {}
