package dev.foothold.ssh;

import java.time.Duration;
import java.util.Objects;

/**
 * Says how to connect to a port that may not answer yet: by many short connects at the same time instead of a long one,
 * because one that was lost on its way is repeated by the network only after seconds.
 *
 * <p>Every tenth connect, beginning with the first, is given more time than the others, for machines that are far away.
 *
 * @param pause from the beginning of one connect to that of the next; 100 ms by default
 * @param patience how long a connect may stay without an answer; 800 ms by default
 * @param longPatience how long every tenth may; 5 s by default
 * @param mostOpen how many may be open at the same time, at least one; 10 by default
 * @param budget how long to go on until the answer is that nobody answers; 30 s by default
 */
public record Knocking(Duration pause, Duration patience, Duration longPatience, int mostOpen, Duration budget) {

    /**
     * Creates a way of knocking.
     *
     * @param pause from the beginning of one connect to that of the next
     * @param patience how long a connect may stay without an answer
     * @param longPatience how long every tenth may
     * @param mostOpen how many may be open at the same time
     * @param budget how long to go on
     * @throws IllegalArgumentException if a duration is not positive or less than one connect may be open; the message
     *     names it
     */
    public Knocking {
        requirePositive("pause between connects", pause);
        requirePositive("patience with a connect", patience);
        requirePositive("patience with every tenth connect", longPatience);
        requirePositive("budget for knocking", budget);
        if (mostOpen < 1) {
            throw new IllegalArgumentException("at least one connect must be allowed at a time, but not " + mostOpen);
        }
    }

    /**
     * Gives the defaults.
     *
     * @return 100 ms from connect to connect, 800 ms for each and 5 s for every tenth, 10 at a time, for 30 s
     */
    public static Knocking defaults() {
        return new Knocking(
                Duration.ofMillis(100), Duration.ofMillis(800), Duration.ofSeconds(5), 10, Duration.ofSeconds(30));
    }

    /**
     * Sets how long to go on.
     *
     * @param time the longest time
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public Knocking within(Duration time) {
        return new Knocking(pause, patience, longPatience, mostOpen, time);
    }

    /**
     * Sets the time from one connect to the next.
     *
     * @param time the pause
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public Knocking every(Duration time) {
        return new Knocking(time, patience, longPatience, mostOpen, budget);
    }

    private static void requirePositive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be greater than zero, but is " + value);
        }
    }
}
