package dev.foothold.destroy;

import java.time.Duration;
import java.util.Objects;

/**
 * Says how patiently a model is destroyed.
 *
 * @param timeout how long instances, and after them the members of each kind of resource, may refuse to go; 10 minutes by
 *     default
 * @param atOnce how many calls may be under way; 16 by default
 * @param settling how much time has to pass between two empty listings that prove that nothing is left, as listings of
 *     many clouds lag behind; 1 s by default
 */
public record DestroyParams(Duration timeout, int atOnce, Duration settling) {

    private static final DestroyParams DEFAULTS = new DestroyParams(Duration.ofMinutes(10), 16, Duration.ofSeconds(1));

    /**
     * Creates parameters.
     *
     * @param timeout how long instances, and the members of each kind of resource, may refuse to go
     * @param atOnce how many calls may be under way
     * @param settling how much time has to pass between two empty listings
     * @throws IllegalArgumentException if the timeout or the number of calls is not positive, or the time between
     *     listings is negative
     */
    public DestroyParams {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(settling, "settling");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a destroy's timeout must be greater than zero, but is " + timeout);
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("a destroy needs at least one call at a time, but has " + atOnce);
        }
        if (settling.isNegative()) {
            throw new IllegalArgumentException(
                    "the time between two listings must not be negative, but is " + settling);
        }
    }

    /**
     * Gives the defaults.
     *
     * @return parameters with every default
     */
    public static DestroyParams defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how long instances, and after them the members of each kind of resource, may refuse to go.
     *
     * @param time the longest time, from the first call on
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public DestroyParams within(Duration time) {
        return new DestroyParams(time, atOnce, settling);
    }

    /**
     * Sets how many calls may be under way.
     *
     * @param calls the number, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public DestroyParams atOnce(int calls) {
        return new DestroyParams(timeout, calls, settling);
    }

    /**
     * Sets how much time has to pass between two empty listings that prove that nothing is left.
     *
     * @param time zero only for a cloud whose listings are always true
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public DestroyParams settlingFor(Duration time) {
        return new DestroyParams(timeout, atOnce, time);
    }
}
