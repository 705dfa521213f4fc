package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code old}: what {@link OldEnviron} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link OldEnviron}; everything it can do is inherited.
 */
@ProviderGenerated(OldEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
@SuppressWarnings({
        "deprecation",
        "removal"
})
public final class OldEnvironDefaultProvider extends DefaultProvider {
    private final OldEnviron environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    public OldEnvironDefaultProvider(OldEnviron environ, ModelSettings model, Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param config given to the constructor of {@link OldEnviron}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    public static OldEnvironDefaultProvider open(OldConfig config, ModelSettings model,
            Foothold foothold) {
        return new OldEnvironDefaultProvider(new OldEnviron(config), model, foothold);
    }

    @Override
    public OldEnviron environ() {
        return environ;
    }
}
