package dev.foothold.config;

import java.util.Objects;

/**
 * Holds a text that must not be shown. Only {@link #reveal()} gives it; it is in no other output of this class.
 *
 * <p>Instances are immutable and safe for use by several threads. Secrets are equal if their texts are.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * Makes a secret of a text.
     *
     * @param text what must not be shown
     * @return the secret
     */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * Gives the text, for the one who needs it: to sign a request, not to log it.
     *
     * @return the text
     */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * Says that it is a secret.
     *
     * @return always {@code (secret)}
     */
    @Override
    public String toString() {
        return "(secret)";
    }
}
