package dev.foothold.journal;

import dev.foothold.journal.Holder.Life;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * Says how a process shows that it still works on what it has claimed, and how it judges whether others do.
 *
 * <p>While an operation runs, its heartbeat is re-written in its record once in a period, and before each effect. It
 * may be taken over by another process only
 * <ul>
 *   <li>if its holder is proved to have ended: a process of the same host, since the same start of that host;
 *   <li>or if the record has not changed while the other process watched it for {@value #PERIODS} periods, counted by its
 *       own clock, which nobody can set. The times in the record are never compared with that clock to prove a death, so
 *       clocks that are wrong, or jump, do not matter.
 * </ul>
 * A holder that was only slow finds its record changed when it goes on, and takes no further step.
 *
 * @param holder this process
 * @param period how often the heartbeat is re-written
 * @param judge finds out whether another process runs
 */
public record Pulse(Holder holder, Duration period, Function<Holder, Life> judge) {

    /** How many periods without a heartbeat make a holder count as dead. */
    public static final int PERIODS = 3;

    /** How often the heartbeat is re-written by default. */
    public static final Duration DEFAULT_PERIOD = Duration.ofSeconds(10);

    /**
     * Creates a pulse.
     *
     * @param holder this process
     * @param period how often the heartbeat is re-written
     * @param judge finds out whether another process runs
     * @throws IllegalArgumentException if the period is shorter than a millisecond
     */
    public Pulse {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(judge, "judge");
        if (period.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("a heartbeat's period must be at least a millisecond, but is " + period);
        }
    }

    /**
     * Gives the pulse of this process, with the {@linkplain #DEFAULT_PERIOD default period}.
     *
     * @return the pulse
     */
    public static Pulse ofThisProcess() {
        return new Pulse(Holder.current(), DEFAULT_PERIOD, Holder::life);
    }

    /**
     * Beats faster or slower.
     *
     * @param other how often the heartbeat is re-written; others wait for {@value #PERIODS} times as long when they
     *     cannot prove a death
     * @return the changed copy
     * @throws IllegalArgumentException if the period is shorter than a millisecond
     */
    public Pulse every(Duration other) {
        return new Pulse(holder, other, judge);
    }

    /**
     * Says how long a heartbeat may stand still.
     *
     * @return {@value #PERIODS} periods
     */
    public Duration patience() {
        return period.multipliedBy(PERIODS);
    }
}
