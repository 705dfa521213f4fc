package dev.foothold.simulator.machine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The accounts that an SSH server keeps of its clients, by the address they come from. Thread-safe. */
final class PenaltyBook {
    private static final Duration FAILED_LOGIN = Duration.ofSeconds(5);
    private static final Duration NO_LOGIN = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration MOST = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final Map<String, Account> accounts = new HashMap<>();
    private int turnedAway;

    /** Opens a book whose time is told by a clock in nanoseconds. */
    PenaltyBook(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static final class Account {
        private long paidOff;
        private boolean closed;

        Account(long now) {
            paidOff = now;
        }

        private long debt(long now) {
            return Math.max(0, paidOff - now);
        }
    }

    /** Tells whether a source is turned away, and counts it. */
    synchronized boolean turnsAway(String source) {
        Account account = accounts.get(source);
        if (account == null || account.debt(nanos.getAsLong()) == 0) {
            accounts.remove(source);
            return false;
        }
        if (account.closed) {
            turnedAway++;
        }
        return account.closed;
    }

    /** Charges a source for a connection that ended without a login. */
    synchronized void charge(String source, boolean failedLogin) {
        long now = nanos.getAsLong();
        Account account = accounts.computeIfAbsent(source, unused -> new Account(now));
        long price = (failedLogin ? FAILED_LOGIN : NO_LOGIN).toNanos();
        long debt = Math.min(MOST.toNanos(), account.debt(now) + price);
        account.paidOff = now + debt;
        account.closed |= debt >= LIMIT.toNanos();
    }

    /** Counts the connections that were turned away. */
    synchronized int turnedAway() {
        return turnedAway;
    }
}
