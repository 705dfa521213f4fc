package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code south}: what {@link Clouds.South} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link Clouds.South}; everything it can do is inherited.
 */
@ProviderGenerated(Clouds.South.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class Clouds_SouthDefaultProvider extends DefaultProvider {
    private final Clouds.South environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    public Clouds_SouthDefaultProvider(Clouds.South environ, ModelSettings model,
            Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param config given to the constructor of {@link Clouds.South}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     * @throws IOException as the constructor of {@link Clouds.South} does
     * @throws TimeoutException as the constructor of {@link Clouds.South} does
     * @throws Exception as the constructor of {@link Clouds.South} does
     */
    public static Clouds_SouthDefaultProvider open(Clouds.Config config, ModelSettings model,
            Foothold foothold) throws IOException, TimeoutException, Exception {
        return new Clouds_SouthDefaultProvider(new Clouds.South(config), model, foothold);
    }

    @Override
    public Clouds.South environ() {
        return environ;
    }
}
