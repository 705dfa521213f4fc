package dev.foothold.processor.check;

import dev.foothold.processor.model.SettingValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows the form that the text of a single value has, for each type the runtime has a constant for. */
enum ScalarForm {
    ANY("text", text -> {}),
    INTEGER(whole(Integer.MIN_VALUE, Integer.MAX_VALUE), text -> whole(text).intValueExact()),
    LONG(whole(Long.MIN_VALUE, Long.MAX_VALUE), text -> whole(text).longValueExact()),
    SHORT(whole(Short.MIN_VALUE, Short.MAX_VALUE), text -> whole(text).shortValueExact()),
    BYTE(whole(Byte.MIN_VALUE, Byte.MAX_VALUE), text -> whole(text).byteValueExact()),
    BIG_INTEGER("a whole number", ScalarForm::whole),
    DOUBLE("a number", text -> require(Double.isFinite(Double.parseDouble(number(text))))),
    FLOAT("a number", text -> require(Float.isFinite(Float.parseFloat(number(text))))),
    BIG_DECIMAL("a number", text -> new BigDecimal(number(text))),
    BOOLEAN("true or false", text -> require(text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))),
    DURATION("a duration such as 250ms, 30s, 1h30m or PT30S", ScalarForm::duration),
    SIZE("a size such as 512MiB, 10G or 1.5TB", ScalarForm::size),
    URI(
            "a URI with its scheme, such as https://cloud.example",
            text -> require(java.net.URI.create(text).isAbsolute())),
    PATH("a path", text -> {
        require(!text.isBlank());
        Path.of(text);
    });

    private static final String WHOLE = "[+-]?(0|[1-9][0-9]*)";
    private static final String NUMBER = WHOLE + "(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
    private static final int LONGEST_NUMBER = 1000;
    private static final int LONGEST_DURATION = 100;
    private static final int LONGEST_SIZE = 40;

    private final String expected;
    private final Consumer<String> parser;

    ScalarForm(String expected, Consumer<String> parser) {
        this.expected = expected;
        this.parser = parser;
    }

    static ScalarForm of(SettingValue.Standard type) {
        return switch (type) {
            case TEXT, SECRET -> ANY;
            default -> valueOf(type.name());
        };
    }

    String expected() {
        return expected;
    }

    /** Tells whether a text has the form; blanks around it matter only to paths. */
    boolean matches(String text) {
        try {
            parser.accept(this == PATH ? text : text.strip());
            return true;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return false;
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }

    private static String whole(long from, long to) {
        return "a whole number from " + from + " to " + to;
    }

    private static BigInteger whole(String text) {
        require(text.length() <= LONGEST_NUMBER && text.matches(WHOLE));
        return new BigInteger(text);
    }

    private static String number(String text) {
        require(text.length() <= LONGEST_NUMBER && text.matches(NUMBER));
        return text;
    }

    private static void duration(String text) {
        require(!text.isEmpty() && text.length() <= LONGEST_DURATION);
        Matcher parts = Pattern.compile("(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?")
                .matcher(text);
        if (!parts.matches()) {
            require(!Duration.parse(text).isNegative());
            return;
        }
        Duration sum = Duration.ZERO;
        List<ChronoUnit> units =
                List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS);
        for (int i = 0; i < units.size(); i++) {
            String amount = parts.group(i + 1);
            sum = amount == null ? sum : sum.plus(Long.parseLong(amount), units.get(i));
        }
    }

    private static void size(String text) {
        Matcher parts =
                Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:B|([KMGTPE])(iB|B)?)").matcher(text);
        require(text.length() <= LONGEST_SIZE && parts.matches());
        int power = parts.group(2) == null ? 0 : "KMGTPE".indexOf(parts.group(2)) + 1;
        BigDecimal step = new BigDecimal("B".equals(parts.group(3)) ? 1000 : 1024);
        new BigDecimal(parts.group(1))
                .multiply(step.pow(power))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
