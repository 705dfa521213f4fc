package dev.foothold.config;

public record SettingSpec<T>(String name, SettingType<T> type) {
    public static <T> SettingSpec<T> of(String name, SettingType<T> type) {
        return new SettingSpec<>(name, type);
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
}
