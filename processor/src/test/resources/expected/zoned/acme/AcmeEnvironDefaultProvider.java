package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultZonedProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code acme}: what {@link AcmeEnviron} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link AcmeEnviron}; everything it can do is inherited.
 */
@ProviderGenerated(AcmeEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class AcmeEnvironDefaultProvider extends DefaultZonedProvider {
    private final AcmeEnviron environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    public AcmeEnvironDefaultProvider(AcmeEnviron environ, ModelSettings model, Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param config given to the constructor of {@link AcmeEnviron}
     * @param credential given to the constructor of {@link AcmeEnviron}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    public static AcmeEnvironDefaultProvider open(AcmeConfig config, AcmeCredential credential,
            ModelSettings model, Foothold foothold) {
        return new AcmeEnvironDefaultProvider(new AcmeEnviron(config, credential), model, foothold);
    }

    @Override
    public AcmeEnviron environ() {
        return environ;
    }
}
