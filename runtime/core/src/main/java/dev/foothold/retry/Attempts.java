package dev.foothold.retry;

import dev.foothold.time.Stopwatch;
import dev.foothold.time.Timeline;
import java.time.Duration;

/**
 * Paces the tries of an {@link AttemptStrategy}.
 *
 * <pre>{@code
 * Attempts attempts = AttemptStrategy.SHORT.start(timeline);
 * while (attempts.next()) {
 *     // try it; break when it worked
 * }
 * }</pre>
 *
 * <p>Not thread-safe: it belongs to the task that started it.
 */
public final class Attempts {

    private final AttemptStrategy strategy;
    private final Timeline timeline;
    private final Stopwatch stopwatch;

    private Duration lastStart = Duration.ZERO;
    private int made;
    private boolean promised = true;

    Attempts(AttemptStrategy strategy, Timeline timeline) {
        this.strategy = strategy;
        this.timeline = timeline;
        this.stopwatch = Stopwatch.start(timeline);
    }

    /**
     * Tells at once whether there will be another try.
     *
     * @return true if {@link #next()} will give one; that is a promise, however late {@code next} is called
     */
    public boolean hasNext() {
        Duration elapsed = stopwatch.elapsed();
        promised = promised
                || made < strategy.min()
                || pause(elapsed).compareTo(strategy.total().minus(elapsed)) < 0;
        return promised;
    }

    /**
     * Waits for the start of the next try.
     *
     * @return false, at once, if there is none
     * @throws InterruptedException if the calling task was interrupted before or while it waited
     */
    public boolean next() throws InterruptedException {
        if (!hasNext()) {
            return false;
        }
        timeline.sleep(pause(stopwatch.elapsed()));
        lastStart = stopwatch.elapsed();
        made++;
        promised = false;
        return true;
    }

    boolean nextAfter(Exception failure) throws InterruptedException {
        try {
            return next();
        } catch (InterruptedException interruption) {
            interruption.addSuppressed(failure);
            throw interruption;
        }
    }

    private Duration pause(Duration elapsed) {
        if (made == 0) {
            return Duration.ZERO;
        }
        Duration pause = strategy.delay().minus(elapsed.minus(lastStart));
        return pause.isNegative() ? Duration.ZERO : pause;
    }
}
