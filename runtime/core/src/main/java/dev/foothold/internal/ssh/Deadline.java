package dev.foothold.internal.ssh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells how much is left of a time that began when it was made. */
final class Deadline {

    /** So far away that adding it to the clock cannot overflow. */
    private static final Duration FOR_EVER = Duration.ofDays(365L * 100);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline never() {
        return after(FOR_EVER);
    }

    static Deadline after(Duration duration) {
        Duration bounded = duration.compareTo(FOR_EVER) < 0 ? duration : FOR_EVER;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    long nanosLeft() {
        return end - System.nanoTime();
    }

    /** Waits for a signal on a monitor the caller holds, until the deadline or for the given time at most. */
    void awaitAtMost(Duration limit, Object monitor) throws InterruptedException {
        long nanos = Math.min(nanosLeft(), limit.toNanos());
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
        }
    }

    /** Waits for the end of a thread even if interrupted, and keeps the interrupt; tells whether the thread has ended. */
    boolean join(Thread thread) {
        boolean interrupted = false;
        try {
            while (thread.isAlive() && !isOver()) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, nanosLeft());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return !thread.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
