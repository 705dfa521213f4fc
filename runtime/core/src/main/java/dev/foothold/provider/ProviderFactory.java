package dev.foothold.provider;

import dev.foothold.config.ProviderSchema;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import java.util.List;

/**
 * Opens providers of one kind of cloud. Generated beside every annotated environ, and found by {@link Providers}.
 * Implementations are thread-safe.
 */
public interface ProviderFactory {

    /**
     * Names the provider.
     *
     * @return the name in its annotation
     */
    String name();

    /**
     * Gives other names it goes by.
     *
     * @return none, for most providers
     */
    List<String> aliases();

    /**
     * Says what it is for.
     *
     * @return one line, or nothing
     */
    String description();

    /**
     * Describes what it can be told, and renders that for people and tools:
     * {@link ProviderSchema#jsonSchema()}, {@link ProviderSchema#markdown()}.
     *
     * @return configuration and credential
     */
    ProviderSchema schema();

    /**
     * Opens a provider. Does not ask the cloud anything. {@link Foothold} has read the settings by {@link #schema()}
     * before, so what is wrong with them is known already; they are read again here to get the values.
     *
     * @param settings values for {@link #schema()}
     * @param model the model it is for
     * @param foothold what Foothold works with
     * @return the provider; the caller closes it
     * @throws dev.foothold.config.SettingsException if values are missing or wrong; it lists all faults
     * @throws Exception what the environ's own constructor throws
     */
    DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) throws Exception;
}
