package dev.foothold.config;

public final class ProviderSchema {
    private ProviderSchema() {}

    public static ProviderSchema of(String provider) {
        return new ProviderSchema();
    }

    public ProviderSchema withConfiguration(SettingGroup<?> group) {
        return this;
    }

    public ProviderSchema withCredential(CredentialSchema<?> credential) {
        return this;
    }

    public SettingValues read(Settings settings) {
        return new SettingValues();
    }
}
