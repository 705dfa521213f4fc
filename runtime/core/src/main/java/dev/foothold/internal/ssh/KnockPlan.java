package dev.foothold.internal.ssh;

import dev.foothold.ssh.Knocking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides when to connect anew and when to give a connect up. Knows no network and no clock: moments, in nanoseconds of
 * any clock, are handed in. Used by one thread.
 */
final class KnockPlan {

    private static final int LONG_ONE_IN = 10;

    /**
     * One connect.
     *
     * @param number how many went before
     * @param until when it is given up
     */
    record Knock(int number, long until) {

        /** Tells whether it is one of those that are given more time. */
        boolean isLong() {
            return number % LONG_ONE_IN == 0;
        }

        /** Counts on so that, of several targets that take turns, each gets its share of the long ones. */
        int turn() {
            return number + number / LONG_ONE_IN;
        }
    }

    private final Knocking knocking;
    private final List<Knock> open = new ArrayList<>();
    private int count;
    private long next;

    KnockPlan(Knocking knocking, long now) {
        this.knocking = knocking;
        this.next = now;
    }

    /** Begins another connect, if it is time for one. */
    Optional<Knock> begin(long now) {
        if (now - next < 0 || isFull()) {
            return Optional.empty();
        }
        boolean far = count % LONG_ONE_IN == 0;
        long patience = (far ? knocking.longPatience() : knocking.patience()).toNanos();
        Knock knock = new Knock(count++, now + patience);
        open.add(knock);
        next = now + knocking.pause().toNanos();
        return Optional.of(knock);
    }

    /** Notes that a connect was answered. */
    void end(Knock knock) {
        open.remove(knock);
    }

    /** Gives up the connects whose time is over. */
    List<Knock> giveUp(long now) {
        List<Knock> over =
                open.stream().filter(knock -> now - knock.until() >= 0).toList();
        open.removeAll(over);
        return over;
    }

    /** Tells for how long there is nothing to do unless a connect is answered. */
    long idleNanos(long now) {
        long idle = isFull() ? Long.MAX_VALUE : next - now;
        for (Knock knock : open) {
            idle = Math.min(idle, knock.until() - now);
        }
        return Math.max(0, idle);
    }

    private boolean isFull() {
        return open.size() >= knocking.mostOpen();
    }
}
