package dev.foothold.retry;

import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Says how long and how often to try something that fails now and then.
 *
 * <p>The first try is always made. Another one follows if it can start before {@code total} is over, counted from the
 * first, or if fewer than {@code min} tries were made.
 *
 * @param total how long new tries may start; zero for one try
 * @param delay the shortest time from the start of one try to the start of the next
 * @param min how many tries are made even if {@code total} is over; zero and one mean the same
 */
public record AttemptStrategy(Duration total, Duration delay, int min) {

    /** For what settles in seconds: 5 s, a try each 200 ms. */
    public static final AttemptStrategy SHORT = new AttemptStrategy(Duration.ofSeconds(5), Duration.ofMillis(200), 0);

    /** For what settles in minutes: 3 min, a try each second. */
    public static final AttemptStrategy LONG = new AttemptStrategy(Duration.ofMinutes(3), Duration.ofSeconds(1), 0);

    /**
     * Creates a strategy.
     *
     * @param total how long new tries may start
     * @param delay the shortest time between the starts of two tries
     * @param min how many tries are made at least
     * @throws IllegalArgumentException if a part is negative
     */
    public AttemptStrategy {
        if (total.isNegative() || delay.isNegative() || min < 0) {
            throw new IllegalArgumentException("an attempt strategy has no negative parts, but total is " + total
                    + ", delay is " + delay + " and min is " + min);
        }
    }

    /**
     * Starts counting time and tries.
     *
     * @param timeline what the tries and the pauses between them are measured on
     * @return the tries, of which none is made yet
     */
    public Attempts start(Timeline timeline) {
        return new Attempts(this, timeline);
    }

    /**
     * Tries until it works, the strategy gives up, or a failure is not worth another try.
     *
     * @param <T> what the work gives
     * @param timeline what the tries and the pauses between them are measured on
     * @param work what to try
     * @param retryable which failures are worth another try; not asked about an {@link InterruptedException}
     * @return what the first try that worked gave
     * @throws InterruptedException if the calling task was interrupted; a failure that was to be tried again is
     *     suppressed in it
     * @throws Exception if the work failed: what the last try threw
     */
    public <T> T run(Timeline timeline, Callable<T> work, Predicate<? super Exception> retryable) throws Exception {
        Attempts attempts = start(timeline);
        attempts.next();
        while (true) {
            try {
                return work.call();
            } catch (InterruptedException interruption) {
                throw interruption;
            } catch (Exception failure) {
                if (!retryable.test(failure) || !attempts.nextAfter(failure)) {
                    throw failure;
                }
            }
        }
    }
}
