package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code typed}: what {@link TypedEnviron} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link TypedEnviron}; everything it can do is inherited.
 */
@ProviderGenerated(TypedEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
final class TypedEnvironDefaultProvider extends DefaultProvider {
    private final TypedEnviron environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    TypedEnvironDefaultProvider(TypedEnviron environ, ModelSettings model, Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param config given to the constructor of {@link TypedEnviron}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    static TypedEnvironDefaultProvider open(TypedConfig config, ModelSettings model,
            Foothold foothold) {
        return new TypedEnvironDefaultProvider(new TypedEnviron(config), model, foothold);
    }

    @Override
    public TypedEnviron environ() {
        return environ;
    }
}
