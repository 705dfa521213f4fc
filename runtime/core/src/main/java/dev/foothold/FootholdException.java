package dev.foothold;

import org.jspecify.annotations.Nullable;

/**
 * Tells that Foothold could not do what it was asked to; the root of everything Foothold throws on purpose.
 *
 * <p>The message names the thing it is about (instance, zone, host, file, key), what was wrong and what can be done.
 * Failures of clean-up work that followed are attached as {@linkplain Throwable#getSuppressed() suppressed}
 * exceptions; the cause is always kept.
 */
public class FootholdException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message what happened, to which thing, and what to do
     */
    public FootholdException(String message) {
        super(message);
    }

    /**
     * Creates an exception with the failure that led to it.
     *
     * @param message what happened, to which thing, and what to do
     * @param cause what led to it, or null if nothing did
     */
    public FootholdException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
