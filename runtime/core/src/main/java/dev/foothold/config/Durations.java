package dev.foothold.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes time spans as people write them. */
final class Durations {

    private static final String UNITS_IN_ORDER =
            "(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?";

    /** The accepted form, without blanks around; of ISO-8601 only how it begins. */
    static final String FORM = "[+-]?[Pp].+|(?=[0-9])" + UNITS_IN_ORDER;

    private static final Pattern SHORT = Pattern.compile(UNITS_IN_ORDER);
    private static final List<ChronoUnit> UNITS =
            List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS);
    private static final int LONGEST = 100;

    private Durations() {}

    static Duration parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("not a duration");
        }
        try {
            Matcher matcher = SHORT.matcher(text);
            Duration duration = matcher.matches() ? sum(matcher) : Duration.parse(text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a negative duration: " + text);
            }
            return duration;
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("not a duration: " + text, e);
        }
    }

    /** Writes what {@link #parse} reads: short if there are no parts of a millisecond. */
    static String render(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.getNano() % 1_000_000 != 0) {
            return duration.toString();
        }
        return part(duration.toDaysPart(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
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
