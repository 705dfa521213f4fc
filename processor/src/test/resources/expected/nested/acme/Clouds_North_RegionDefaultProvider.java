package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code north}: what {@link Clouds.North.Region} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link Clouds.North.Region}; everything it can do is inherited.
 */
@ProviderGenerated(Clouds.North.Region.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class Clouds_North_RegionDefaultProvider extends DefaultProvider {
    private final Clouds.North.Region environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    public Clouds_North_RegionDefaultProvider(Clouds.North.Region environ, ModelSettings model,
            Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param config given to the constructor of {@link Clouds.North.Region}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    public static Clouds_North_RegionDefaultProvider open(Clouds.Config config, ModelSettings model,
            Foothold foothold) {
        return new Clouds_North_RegionDefaultProvider(new Clouds.North.Region(config), model, foothold);
    }

    @Override
    public Clouds.North.Region environ() {
        return environ;
    }
}
