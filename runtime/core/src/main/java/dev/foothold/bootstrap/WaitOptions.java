package dev.foothold.bootstrap;

import dev.foothold.ssh.Knocking;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Says how patiently a machine is waited for.
 *
 * @param timeout the longest wait in all; 20 minutes by default
 * @param knocking how to connect while nothing accepts connections; {@link Knocking#defaults()} by default
 * @param pausesAfterFailure how long a server is left alone after each failure past TCP, the last for all later ones;
 *     1, 2, 4 and 5 s by default, which servers that lock out impatient clients put up with
 * @param jitter by which part, at most, those pauses are prolonged at random, 0 to 1; 0.2 by default
 * @param noncePause from one question for the nonce to the next; 250 ms by default
 * @param refusalBudget how long a machine that shows our host key may refuse our login, or hold another nonce, until
 *     that is final; 90 s by default
 * @param firstRefresh until the addresses are read again for the first time; doubled each time; 20 ms by
 *     default, and never before four times as long has passed as the last reading took
 * @param lastRefresh the longest time until the addresses are read again; 10 s by default
 */
public record WaitOptions(
        Duration timeout,
        Knocking knocking,
        List<Duration> pausesAfterFailure,
        double jitter,
        Duration noncePause,
        Duration refusalBudget,
        Duration firstRefresh,
        Duration lastRefresh) {

    /**
     * Creates options.
     *
     * @param timeout the longest wait in all
     * @param knocking how to connect while nothing accepts connections
     * @param pausesAfterFailure how long a server is left alone after each failure past TCP
     * @param jitter by which part, at most, those pauses are prolonged at random
     * @param noncePause from one question for the nonce to the next
     * @param refusalBudget how long a machine that shows our host key may refuse us
     * @param firstRefresh until the addresses are read again for the first time
     * @param lastRefresh the longest time until the addresses are read again
     * @throws IllegalArgumentException if a duration is not positive, there are no pauses, or the jitter is not from 0
     *     to 1; the message names it
     */
    public WaitOptions {
        Objects.requireNonNull(knocking, "knocking");
        pausesAfterFailure = List.copyOf(pausesAfterFailure);
        requirePositive("timeout", timeout);
        if (pausesAfterFailure.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one pause after a failure");
        }
        pausesAfterFailure.forEach(pause -> requirePositive("pause after a failure", pause));
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("the jitter must be from 0 to 1, but is " + jitter);
        }
        requirePositive("pause between questions for the nonce", noncePause);
        requirePositive("time for which a machine may refuse us", refusalBudget);
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
                Knocking.defaults(),
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5)),
                0.2,
                Duration.ofMillis(250),
                Duration.ofSeconds(90),
                Duration.ofMillis(20),
                Duration.ofSeconds(10));
    }

    /**
     * Gives steady options, as other tools have them: one connect at a time, the same pause after whatever went wrong,
     * and addresses that are read at even intervals.
     *
     * @param timeout the longest wait in all
     * @param retryDelay the pause after each failure and between questions for the nonce
     * @param addressesDelay from one reading of the addresses to the next
     * @return options without jitter, with which nothing but another machine's host key is final
     * @throws IllegalArgumentException if a duration is not positive; the message names it
     */
    public static WaitOptions steady(Duration timeout, Duration retryDelay, Duration addressesDelay) {
        requirePositive("retry delay", retryDelay);
        requirePositive("addresses delay", addressesDelay);
        Duration patience = Duration.ofSeconds(5);
        return new WaitOptions(
                timeout,
                new Knocking(retryDelay, patience, patience, 1, patience),
                List.of(retryDelay),
                0,
                retryDelay,
                timeout,
                addressesDelay,
                addressesDelay);
    }

    /**
     * Sets the longest wait in all.
     *
     * @param time the longest wait
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public WaitOptions within(Duration time) {
        return new WaitOptions(
                time, knocking, pausesAfterFailure, jitter, noncePause, refusalBudget, firstRefresh, lastRefresh);
    }

    /**
     * Sets how long a machine that shows our host key may refuse us.
     *
     * @param time the time until a refused login or another nonce is final
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public WaitOptions forgivingRefusals(Duration time) {
        return new WaitOptions(
                timeout, knocking, pausesAfterFailure, jitter, noncePause, time, firstRefresh, lastRefresh);
    }

    private static void requirePositive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be greater than zero, but is " + value);
        }
    }
}
