package dev.foothold.config;

public final class SettingSpec<T> {
    private SettingSpec() {}

    public static <T> SettingSpec<T> of(String name, SettingType<T> type) {
        return new SettingSpec<>();
    }

    public SettingSpec<T> withDoc(String text) {
        return this;
    }

    public SettingSpec<T> withDefault(String text) {
        return this;
    }

    public SettingSpec<T> asSecret() {
        return this;
    }

    public SettingSpec<T> withEnvironmentVariable(String variable) {
        return this;
    }

    public SettingSpec<T> asImmutable() {
        return this;
    }

    public SettingSpec<T> withDeprecatedName(String name) {
        return this;
    }

    public SettingSpec<T> orFile(String key) {
        return this;
    }

    public SettingSpec<T> fromFile() {
        return this;
    }
}
