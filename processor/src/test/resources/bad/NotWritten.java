package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

// GIVEN: another processor that writes acme.NotWrittenProviderFactory
@Provider("acme")
// WARNING: [NotWritten] at "class"
class NotWritten implements Environ {}
