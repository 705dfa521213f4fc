package acme;

import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.ZonedEnviron;

@ZonedProvider("acme")
class BothAnnotations implements ZonedEnviron {}
