package dev.foothold.network;

import java.util.Objects;

/**
 * Says what has to be opened and closed for some rules to become others.
 *
 * @param open what is missing, sorted, one rule for each range of ports
 * @param close what is too much, sorted, one rule for each range of ports
 */
public record IngressDifference(IngressRules open, IngressRules close) {

    /**
     * Creates a difference.
     *
     * @param open what is missing
     * @param close what is too much
     */
    public IngressDifference {
        Objects.requireNonNull(open, "open");
        Objects.requireNonNull(close, "close");
    }

    /**
     * Tells whether nothing has to change.
     *
     * @return true if there is nothing to open and nothing to close
     */
    public boolean isEmpty() {
        return open.isEmpty() && close.isEmpty();
    }
}
