package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.ZonedEnviron;

// ERROR: [ZonesIgnored] at "@Provider"
@Provider("acme")
class ZonesIgnored implements ZonedEnviron {}
