package dev.foothold.cloud;

import dev.foothold.time.Scope;
import dev.foothold.time.Stopwatch;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls through as fast as the cloud seems to take them. There is no limit until the cloud refuses a call for being
 * too fast; the rate is halved then, and comes back along a cubic curve: quickly at first, hardly at all near the rate
 * that was refused, then faster and faster to find out whether there is more. Calls go in the order in which they came.
 */
final class SharedRate {

    private static final double DECREASE = 0.5;

    /** Calls per second below which the rate never falls. */
    private static final double SLOWEST = 0.1;

    /** How long it takes until the refused rate is reached again: so many calls, but neither shorter nor longer. */
    private static final double CALLS_TO_RECOVER = 20;

    private static final double SHORTEST_RECOVERY = 5;
    private static final double LONGEST_RECOVERY = 30;

    /** How much of the time in which nobody was ready to go can be made up for. */
    private static final double SLACK = 0.25;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final double WINDOW = 1;

    private final Timeline timeline;
    private final SplittableRandom random;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Object> queue = new ArrayDeque<>();
    private @Nullable Stopwatch stopwatch; // started by the first call, which is a task of the timeline
    private int refusals;
    private double refusedRate = Double.POSITIVE_INFINITY;
    private double refusedAt;
    private double nextSlot;
    private double windowStart;
    private int inWindow;
    private int inWindowBefore;

    /**
     * Creates a rate without a limit.
     *
     * @param seed feeds {@link #random}
     */
    SharedRate(Timeline timeline, long seed) {
        this.timeline = timeline;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Waits until a call may be sent, but not longer than its budget.
     *
     * @return how often the rate had been lowered by then, for {@link #refused}
     */
    int awaitTurn(Scope budget) throws InterruptedException {
        Object turn = new Object();
        enter(turn);
        try {
            while (true) {
                Duration left = budget.remaining();
                Duration pause = left.isZero() ? Duration.ZERO : untilTurn(turn);
                if (pause.isZero()) {
                    return send();
                }
                timeline.sleep(pause.compareTo(left) < 0 ? pause : left);
            }
        } finally {
            leave(turn);
        }
    }

    /**
     * Lowers the rate, once for all calls that were sent at the rate of before.
     *
     * @param before what {@link #awaitTurn} said when the refused call was sent
     */
    void refused(int before) {
        lock.lock();
        try {
            if (before == refusals) {
                double now = now();
                refusedRate = Math.max(SLOWEST / DECREASE, Math.min(rate(now), measured(now)));
                refusedAt = now;
                refusals++;
                nextSlot = now + 1 / rate(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Chooses a number from zero to a bound, both inclusive. */
    long random(long bound) {
        lock.lock();
        try {
            return random.nextLong(bound + 1);
        } finally {
            lock.unlock();
        }
    }

    private void enter(Object turn) {
        lock.lock();
        try {
            queue.addLast(turn);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Object turn) {
        lock.lock();
        try {
            queue.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Estimates when it is a call's turn; zero if it is now. */
    private Duration untilTurn(Object turn) {
        lock.lock();
        try {
            double now = now();
            double rate = rate(now);
            if (Double.isInfinite(rate)) {
                return Duration.ZERO;
            }
            int ahead = 0;
            for (Object other : queue) {
                if (other == turn) {
                    break;
                }
                ahead++;
            }
            double pause = nextSlot - now + ahead / rate;
            if (pause <= 0 && ahead == 0) {
                return Duration.ZERO;
            }
            Duration exact = Duration.ofNanos((long) Math.ceil(pause * 1e9));
            Duration longEnough = exact.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : exact;
            return longEnough.compareTo(LOOK_AGAIN) < 0 ? longEnough : LOOK_AGAIN;
        } finally {
            lock.unlock();
        }
    }

    private int send() {
        lock.lock();
        try {
            double now = now();
            nextSlot = Math.max(nextSlot, now - SLACK) + 1 / rate(now);
            roll(now);
            inWindow++;
            return refusals;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the calls per second that are let through: half of the refused rate at first, all of it in the end. */
    private double rate(double now) {
        if (refusals == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double recovery = Math.min(LONGEST_RECOVERY, Math.max(SHORTEST_RECOVERY, CALLS_TO_RECOVER / refusedRate));
        double x = (now - refusedAt) / recovery - 1;
        return refusedRate * (1 + (1 - DECREASE) * x * x * x);
    }

    /** Gives the calls per second that were really sent of late, at least one. */
    private double measured(double now) {
        roll(now);
        return Math.max(1, Math.max(inWindow, inWindowBefore)) / WINDOW;
    }

    private void roll(double now) {
        double since = now - windowStart;
        if (since >= WINDOW) {
            inWindowBefore = since < 2 * WINDOW ? inWindow : 0;
            inWindow = 0;
            windowStart = now;
        }
    }

    private double now() {
        if (stopwatch == null) {
            stopwatch = Stopwatch.start(timeline);
        }
        return stopwatch.elapsed().toNanos() / 1e9;
    }
}
