package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import org.jspecify.annotations.Nullable;

/** Tells that a machine could not be bootstrapped, or further ones not launched. */
public class BootstrapException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what failed; zones that were tried are named with their reasons
     * @param cause what led to it, or null
     */
    public BootstrapException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
