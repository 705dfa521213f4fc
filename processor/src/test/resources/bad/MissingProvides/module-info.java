/** A module with a provider. */
// WARNING: [MissingProvides] at "module cloud"
module cloud {
    requires transitive dev.foothold.runtime;

    exports acme;
}
