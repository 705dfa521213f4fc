package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;

/** A cloud that can be told a lot. */
@Provider("typed")
class TypedEnviron implements Environ, HasResources, CredentialProbe {
    TypedEnviron(TypedConfig config) {}
}
