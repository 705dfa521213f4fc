package dev.foothold.provider;

import dev.foothold.FootholdException;

/** Tells that no provider goes by a name; the message says which there are, and which was probably meant. */
public class UnknownProviderException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** What was asked for. */
    private final String name;

    /**
     * Creates an exception.
     *
     * @param name what was asked for
     * @param message which provider was asked for, and what there is instead
     */
    public UnknownProviderException(String name, String message) {
        super(message);
        this.name = name;
    }

    /**
     * Gives the name that was asked for.
     *
     * @return neither a provider's name nor an alias
     */
    public String name() {
        return name;
    }
}
