package dev.foothold.destroy;

import dev.foothold.FootholdException;

/** Tells that a model is not destroyed because somebody has protected it. */
public class ModelProtectedException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param model the model's name
     * @param reason why it is protected
     */
    public ModelProtectedException(String model, String reason) {
        super("model \"" + model + "\" is protected (" + reason
                + ") and not destroyed; take the protection away first, with unprotect()");
    }
}
