package dev.foothold.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time, waits and forks; nothing above this port uses a thread, an executor or the system's clock.
 *
 * <p>There are two: {@link #real()} for production, and {@link #virtual(long)} for tests, where one task runs at a
 * time, a seed chooses which, and time jumps when all of them wait. Thread-safe.
 */
public sealed interface Timeline permits RealTimeline, VirtualTimeline {

    /**
     * Tells the time.
     *
     * @return the moment, as this timeline counts it
     */
    Instant now();

    /**
     * Waits.
     *
     * @param duration how long; zero or less returns at once, but still notices an interrupt
     * @throws InterruptedException if the calling task was interrupted before or while it waited
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Tells whether the calling task has been interrupted, and forgets it: for callers that found out by another
     * failure and are going to throw {@link InterruptedException} themselves.
     *
     * @return true if an interrupt was pending
     */
    default boolean interrupted() {
        return Thread.interrupted();
    }

    /**
     * Leaves the calling task interrupted: for callers that were interrupted, had to go on, and now return to somebody
     * who can stop.
     */
    default void keepInterrupt() {
        Thread.currentThread().interrupt();
    }

    /**
     * Opens a scope in which tasks can be forked. Close it in a {@code try}-with-resources statement.
     *
     * @param name what the tasks are for; part of thread names and messages
     * @param budget how long everything in the scope may take, from now; waits in the scope end there
     * @return the scope
     * @throws IllegalArgumentException if the budget is negative
     */
    Scope open(String name, Duration budget);

    /**
     * Gives the timeline of the real world: platform threads and the system's clock.
     *
     * @return the timeline; there is only one
     */
    static Timeline real() {
        return RealTimeline.INSTANCE;
    }

    /**
     * Makes a timeline on which time passes only when every task waits. Its tasks run one at a time; whenever more
     * than one could go on, the seed decides. The same seed gives the same run. The thread that makes the timeline
     * is its first task. A task that has to be interrupted is forked, so that another one can cancel it.
     *
     * <p>Every use from a thread that is not one of its tasks, and every wait when all tasks wait and none has a
     * moment to wake up, throws an {@link IllegalStateException}; the latter names each task and what it waits for.
     * Tasks may block on nothing but the timeline.
     *
     * @param seed chooses among the possible orders
     * @return a new timeline that begins at 2026-01-01T00:00:00Z
     */
    static Timeline virtual(long seed) {
        return new VirtualTimeline(seed);
    }
}
