package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider(
        value = "acme",
        aliases = {
            "old-acme",
            "acme-old"
        })
class BadAlias implements Environ {}
