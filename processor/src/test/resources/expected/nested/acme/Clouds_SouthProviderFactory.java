package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.config.ProviderSchema;
import dev.foothold.config.SettingGroup;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.SettingValues;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.ProviderFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code south} of settings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Generated from {@link Clouds.South}.
 */
@ProviderGenerated(Clouds.South.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class Clouds_SouthProviderFactory implements ProviderFactory {
    private static final SettingSpec<String> HOST = SettingSpec
            .of("host", SettingType.TEXT);

    private static final SettingGroup<Clouds.Config> CONFIG = SettingGroup
            .of(in -> new Clouds.Config(in.get(HOST)),
                    HOST);

    private static final ProviderSchema SCHEMA = ProviderSchema
            .of("south")
            .withConfiguration(CONFIG);

    /**
     * Creates the factory; {@link java.util.ServiceLoader} does it.
     */
    public Clouds_SouthProviderFactory() {
    }

    @Override
    public String name() {
        return "south";
    }

    @Override
    public List<String> aliases() {
        return List.of();
    }

    @Override
    public String description() {
        return "";
    }

    @Override
    public ProviderSchema schema() {
        return SCHEMA;
    }

    @Override
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) throws
            IOException, TimeoutException, Exception {
        SettingValues in = SCHEMA.read(settings);
        return Clouds_SouthDefaultProvider.open(in.get(CONFIG), model, foothold);
    }
}
