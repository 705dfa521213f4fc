package acme;

import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.ZonedEnviron;

// ERROR: [NotAClass] at "@ZonedProvider"
@ZonedProvider("acme")
enum NotAClassButAnEnum implements ZonedEnviron {
    ONLY
}
