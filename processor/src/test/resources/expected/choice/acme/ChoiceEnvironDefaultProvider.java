package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Drives the provider {@code choice}: what {@link ChoiceEnviron} answers for its cloud, with all that Foothold brings.
 *
 * <p>Generated from {@link ChoiceEnviron}; everything it can do is inherited.
 */
@ProviderGenerated(ChoiceEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class ChoiceEnvironDefaultProvider extends DefaultProvider {
    private final ChoiceEnviron environ;

    /**
     * Takes over an environ that exists already.
     *
     * @param environ the environ; closed together with this provider if it can be closed
     * @param model the model it works for
     * @param foothold what it works with
     */
    public ChoiceEnvironDefaultProvider(ChoiceEnviron environ, ModelSettings model,
            Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    /**
     * Creates an environ and the provider that drives it.
     *
     * @param login given to the constructor of {@link ChoiceEnviron}
     * @param model the model it works for
     * @param foothold what it works with
     * @return the provider, to be closed by the caller
     */
    public static ChoiceEnvironDefaultProvider open(Login login, ModelSettings model,
            Foothold foothold) {
        return new ChoiceEnvironDefaultProvider(new ChoiceEnviron(login), model, foothold);
    }

    @Override
    public ChoiceEnviron environ() {
        return environ;
    }
}
