package dev.foothold.config;

import java.util.List;

public final class Settings {
    public Settings() {}

    public SettingsReader reader(String providerName, List<SettingSpec<?>> specs) {
        return new SettingsReader();
    }
}
