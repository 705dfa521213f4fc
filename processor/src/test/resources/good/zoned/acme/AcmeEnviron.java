package acme;

import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.ZonedEnviron;

/** A cloud with zones, a configuration and a credential. */
@ZonedProvider(
        value = "acme",
        aliases = {"acme-cloud", "acme2"},
        description = "Acme's \"public\" cloud")
public final class AcmeEnviron implements ZonedEnviron {
    /**
     * Connects.
     *
     * @param config where
     * @param credential as whom
     */
    public AcmeEnviron(AcmeConfig config, AcmeCredential credential) {}
}
