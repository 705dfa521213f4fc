package dev.foothold.testkit;

import java.time.Duration;
import java.util.Objects;

/**
 * Says how long things may take in a cloud before a rule counts as broken. Nothing waits longer than it has to.
 *
 * @param settling until a listing shows what was just started, or what was just tagged
 * @param boot until an instance runs and has an address
 * @param stop until an instance or a resource that was removed is not listed any more
 * @param answer until a refusal, or an interrupt, ends a call
 */
public record Patience(Duration settling, Duration boot, Duration stop, Duration answer) {

    /** For a stand-in in memory: 2 s, 10 s, 10 s, 2 s. */
    public static final Patience OFFLINE =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2));

    /** For a real cloud: a minute, ten minutes, ten minutes, 30 s. */
    public static final Patience LIVE =
            new Patience(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(30));

    /**
     * Checks that all are given.
     *
     * @param settling until a listing shows what was just started, or what was just tagged
     * @param boot until an instance runs and has an address
     * @param stop until an instance or a resource that was removed is not listed any more
     * @param answer until a refusal, or an interrupt, ends a call
     */
    public Patience {
        Objects.requireNonNull(settling, "settling");
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(answer, "answer");
    }

    /**
     * Changes the settling time.
     *
     * @param other until a listing shows what was just started, or what was just tagged
     * @return the changed copy
     */
    public Patience withSettling(Duration other) {
        return new Patience(other, boot, stop, answer);
    }

    /**
     * Changes the boot time.
     *
     * @param other until an instance runs and has an address
     * @return the changed copy
     */
    public Patience withBoot(Duration other) {
        return new Patience(settling, other, stop, answer);
    }

    /**
     * Changes the stopping time.
     *
     * @param other until an instance or a resource that was removed is not listed any more
     * @return the changed copy
     */
    public Patience withStop(Duration other) {
        return new Patience(settling, boot, other, answer);
    }

    /**
     * Changes the time for an answer.
     *
     * @param other until a refusal, or an interrupt, ends a call
     * @return the changed copy
     */
    public Patience withAnswer(Duration other) {
        return new Patience(settling, boot, stop, other);
    }
}
