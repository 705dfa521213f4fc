package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code plain}: what {@link PlainEnviron} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link PlainEnviron}; everything it can do is inherited.
 */
@ProviderGenerated(PlainEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class PlainEnvironDefaultProvider extends DefaultProvider {
    private final PlainEnviron environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    public PlainEnvironDefaultProvider(PlainEnviron environ, ModelSettings model,
            Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    public static PlainEnvironDefaultProvider open(ModelSettings model, Foothold foothold) {
        return new PlainEnvironDefaultProvider(new PlainEnviron(), model, foothold);
    }

    @Override
    public PlainEnviron environ() {
        return environ;
    }
}
