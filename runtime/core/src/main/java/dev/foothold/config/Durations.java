package dev.foothold.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads time spans as people write them. */
final class Durations {

    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final List<ChronoUnit> UNITS =
            List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS);

    private Durations() {}

    static Duration parse(String text) {
        try {
            Matcher matcher = SHORT.matcher(text);
            Duration duration = !text.isEmpty() && matcher.matches() ? sum(matcher) : Duration.parse(text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a negative duration: " + text);
            }
            return duration;
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("not a duration: " + text, e);
        }
    }

    private static Duration sum(Matcher matcher) {
        Duration sum = Duration.ZERO;
        for (int i = 0; i < UNITS.size(); i++) {
            String amount = matcher.group(i + 1);
            if (amount != null) {
                sum = sum.plus(Long.parseLong(amount), UNITS.get(i));
            }
        }
        return sum;
    }
}
