package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.config.ProviderSchema;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.ProviderFactory;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code plain} of settings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Generated from {@link PlainEnviron}.
 */
@ProviderGenerated(PlainEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class PlainEnvironProviderFactory implements ProviderFactory {
    private static final ProviderSchema SCHEMA = ProviderSchema
            .of("plain");

    /**
     * Creates the factory; {@link java.util.ServiceLoader} does it.
     */
    public PlainEnvironProviderFactory() {
    }

    @Override
    public String name() {
        return "plain";
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
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
        SCHEMA.read(settings);
        return PlainEnvironDefaultProvider.open(model, foothold);
    }
}
