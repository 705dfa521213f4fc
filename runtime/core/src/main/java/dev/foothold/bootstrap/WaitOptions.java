package dev.foothold.bootstrap;

import java.time.Duration;

/**
 * Says how patiently a machine is waited for.
 *
 * @param timeout the longest wait in all; 20 minutes by default
 * @param knockPause from one attempt to the next while nothing listens; 100 ms by default
 * @param noncePause from one question for the nonce to the next; 250 ms by default
 * @param firstRefresh until the addresses are read again for the first time; doubled each time; 250 ms by default
 * @param lastRefresh the longest time until the addresses are read again; 10 s by default
 */
public record WaitOptions(
        Duration timeout, Duration knockPause, Duration noncePause, Duration firstRefresh, Duration lastRefresh) {

    /**
     * Creates options.
     *
     * @param timeout the longest wait in all
     * @param knockPause from one attempt to the next while nothing listens
     * @param noncePause from one question for the nonce to the next
     * @param firstRefresh until the addresses are read again for the first time
     * @param lastRefresh the longest time until the addresses are read again
     * @throws IllegalArgumentException if a duration is not positive; the message names it
     */
    public WaitOptions {
        requirePositive("timeout", timeout);
        requirePositive("pause between attempts", knockPause);
        requirePositive("pause between questions for the nonce", noncePause);
        requirePositive("time until addresses are read again", firstRefresh);
        requirePositive("longest time until addresses are read again", lastRefresh);
    }

    /**
     * Gives the defaults.
     *
     * @return options with every default
     */
    public static WaitOptions defaults() {
        return new WaitOptions(
                Duration.ofMinutes(20),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(250),
                Duration.ofSeconds(10));
    }

    /**
     * Sets the longest wait in all.
     *
     * @param time the longest wait
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public WaitOptions within(Duration time) {
        return new WaitOptions(time, knockPause, noncePause, firstRefresh, lastRefresh);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be greater than zero, but is " + value);
        }
    }
}
