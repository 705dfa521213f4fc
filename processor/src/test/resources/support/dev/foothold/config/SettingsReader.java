package dev.foothold.config;

public final class SettingsReader {
    SettingsReader() {}

    public <T> T get(SettingSpec<T> spec) {
        throw new UnsupportedOperationException(spec.name());
    }

    public void check() {}
}
