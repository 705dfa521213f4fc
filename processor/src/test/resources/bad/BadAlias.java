package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider(
        value = "acme",
        aliases = {
            "old-acme",
            // ERROR: [BadAlias] at "oldAcme"
            "oldAcme"
        })
class BadAlias implements Environ {}
