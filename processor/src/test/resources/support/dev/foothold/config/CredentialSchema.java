package dev.foothold.config;

public final class CredentialSchema<T> {
    private CredentialSchema() {}

    public static <T> CredentialSchema<T> of(String authType, SettingGroup<? extends T> attributes) {
        return new CredentialSchema<>();
    }

    public CredentialSchema<T> or(String authType, SettingGroup<? extends T> attributes) {
        return this;
    }
}
