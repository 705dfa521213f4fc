package dev.foothold.provider;

import dev.foothold.config.SettingSpec;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import java.util.List;

public interface ProviderFactory {
    String name();

    List<String> aliases();

    String description();

    List<SettingSpec<?>> settings();

    DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) throws Exception;
}
