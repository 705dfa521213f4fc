package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
// ERROR: [NameClash] at "class"
class NameClash implements Environ {}

class NameClashProviderFactory {}
