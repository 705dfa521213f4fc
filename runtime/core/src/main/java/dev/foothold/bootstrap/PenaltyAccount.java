package dev.foothold.bootstrap;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the account that a server keeps of us, so that it never runs full. All addresses of a machine count: they may
 * lead to the same server. Thread-safe.
 *
 * <p>OpenSSH, since 9.8 and by default, charges a source 5 s for a login that failed and 1 s for a connection that came
 * to nothing before. Time pays the debt off; at 15 s the source is turned away until all is paid. An attempt is booked
 * at the highest price before it is made, and settled when its outcome is known.
 */
final class PenaltyAccount {

    private static final Duration FAILED_LOGIN = Duration.ofSeconds(5);
    private static final Duration NO_LOGIN = Duration.ofSeconds(1);
    /** A second less than what servers put up with: their clock is not ours. */
    private static final Duration LIMIT = Duration.ofSeconds(14);

    private Instant paidOff = Instant.MIN;

    /** Books an attempt, if one more failure does no harm now; otherwise tells how long to wait. Zero if booked. */
    synchronized Duration book(Instant now) {
        Instant debt = paidOff.isAfter(now) ? paidOff : now;
        Duration tooMuch = Duration.between(now, debt.plus(FAILED_LOGIN)).minus(LIMIT);
        if (tooMuch.compareTo(Duration.ZERO) > 0) {
            return tooMuch;
        }
        paidOff = debt.plus(FAILED_LOGIN);
        return Duration.ZERO;
    }

    /** Notes how an attempt that was booked ended. */
    synchronized void settle(Verdict verdict) {
        Duration price = switch (verdict) {
            case AUTHENTICATION -> FAILED_LOGIN;
            case PROVED -> Duration.ZERO;
            default -> NO_LOGIN;
        };
        paidOff = paidOff.minus(FAILED_LOGIN).plus(price);
    }
}
