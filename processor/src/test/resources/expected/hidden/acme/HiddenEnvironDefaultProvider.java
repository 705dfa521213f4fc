package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultZonedProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code hidden}: what {@link HiddenEnviron} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link HiddenEnviron}; everything it can do is inherited.
 */
@ProviderGenerated(HiddenEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
final class HiddenEnvironDefaultProvider extends DefaultZonedProvider {
    private final HiddenEnviron environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    HiddenEnvironDefaultProvider(HiddenEnviron environ, ModelSettings model, Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param model_ given to the constructor of {@link HiddenEnviron}
     * @param in$ given to the constructor of {@link HiddenEnviron}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    static HiddenEnvironDefaultProvider open(HiddenEnviron.Settings model_, HiddenEnviron.Login in$,
            ModelSettings model, Foothold foothold) {
        return new HiddenEnvironDefaultProvider(new HiddenEnviron(model_, in$), model, foothold);
    }

    @Override
    public HiddenEnviron environ() {
        return environ;
    }
}
