package dev.foothold.time;

import java.math.BigDecimal;
import java.time.Duration;

/** Renders durations for people. */
public final class DurationText {

    private DurationText() {}

    /**
     * Renders a duration.
     *
     * @param duration zero or more
     * @return for example {@code 50ms}, {@code 1.5s}, {@code 10m0s} or {@code 1h0m0s}; milliseconds are the smallest
     *     unit
     */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        String seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        long minutes = duration.toMinutes();
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }
}
