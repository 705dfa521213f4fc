package acme;

import dev.foothold.annotation.ZonedProvider;

// ERROR: [NotAnEnviron] at "@ZonedProvider"
@ZonedProvider("acme")
class NotAnEnviron {}
