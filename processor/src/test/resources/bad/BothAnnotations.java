package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.ZonedEnviron;

@Provider("acme")
// ERROR: [BothAnnotations] at "@ZonedProvider"
@ZonedProvider("acme")
class BothAnnotations implements ZonedEnviron {}
