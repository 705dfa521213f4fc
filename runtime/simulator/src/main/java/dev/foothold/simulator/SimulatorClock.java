package dev.foothold.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * Gives a cloud its time. Implementations are safe for use by several threads.
 *
 * <p>A cloud whose machines are an inventory only sleeps on the threads that call it and on no other.
 */
public interface SimulatorClock {
    /** The host's own time. */
    SimulatorClock REAL = new SimulatorClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (duration.compareTo(Duration.ZERO) > 0) {
                Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
            }
        }
    };

    /**
     * Tells the time.
     *
     * @return the present moment
     */
    Instant now();

    /**
     * Waits.
     *
     * @param duration for how long; zero or less returns at once
     * @throws InterruptedException if interrupted while waiting
     */
    void sleep(Duration duration) throws InterruptedException;
}
