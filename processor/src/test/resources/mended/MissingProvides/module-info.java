/** A module with a provider. */
module cloud {
    requires transitive dev.foothold.runtime;

    exports acme;

    provides dev.foothold.provider.ProviderFactory with
            acme.AcmeProviderFactory;
}
