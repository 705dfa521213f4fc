package acme;

import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.Environ;

// ERROR: [NotZoned] at "@ZonedProvider"
@ZonedProvider("acme")
class NotZoned implements Environ {}
