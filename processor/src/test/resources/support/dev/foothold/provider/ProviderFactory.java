package dev.foothold.provider;

import dev.foothold.config.ProviderSchema;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import java.util.List;

public interface ProviderFactory {
    String name();

    List<String> aliases();

    String description();

    ProviderSchema schema();

    DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) throws Exception;
}
