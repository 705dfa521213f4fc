package dev.foothold.state;

import dev.foothold.FootholdException;
import java.util.Objects;

/** Tells that a model has no state file: it was never bootstrapped, or has been destroyed. */
public class NotBootstrappedException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** The name of the model. */
    private final String model;

    /**
     * Creates an exception.
     *
     * @param model the name of the model
     */
    public NotBootstrappedException(String model) {
        super("model \"" + Objects.requireNonNull(model, "model") + "\" is not bootstrapped");
        this.model = model;
    }

    /**
     * Says which model it is about.
     *
     * @return its name
     */
    public String model() {
        return model;
    }
}
