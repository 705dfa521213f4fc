package dev.foothold.journal;

import dev.foothold.FootholdException;

/** Tells that a model is claimed by another operation; nothing was done. */
public class OperationInProgressException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the model, who holds it, since when, and whether that process is alive
     */
    public OperationInProgressException(String message) {
        super(message);
    }
}
