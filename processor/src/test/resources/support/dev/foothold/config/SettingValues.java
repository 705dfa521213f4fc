package dev.foothold.config;

public final class SettingValues {
    SettingValues() {}

    public <T> T get(SettingSpec<T> spec) {
        throw new UnsupportedOperationException();
    }

    public <T> T get(SettingGroup<T> group) {
        throw new UnsupportedOperationException();
    }

    public <T> T get(CredentialSchema<T> credential) {
        throw new UnsupportedOperationException();
    }
}
