package dev.foothold.processor.check;

import dev.foothold.processor.model.SettingValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether a default is a value of its setting, as the runtime will see it.
 *
 * <p>The runtime's types cannot be asked here; a test where the two meet holds them to the same answers.
 */
public final class DefaultText {

    private static final Pattern SHORT_DURATION =
            Pattern.compile("(?=.)(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Pattern SIZE = Pattern.compile("\\d+(?:\\.\\d+)? ?(?:B|[KMGTP](?:iB)?|[kMGTP]B)");

    private DefaultText() {}

    /**
     * Checks a default.
     *
     * @param value the type of the setting
     * @param text the default
     * @return what was expected instead, to end a sentence with; empty if it fits
     */
    public static Optional<String> expectedInstead(SettingValue value, String text) {
        if (value instanceof SettingValue.Standard standard) {
            return standard(standard, text);
        } else if (value instanceof SettingValue.OneOf oneOf) {
            return oneOf(oneOf, text);
        } else if (value instanceof SettingValue.ListOf list) {
            return items(text)
                    .flatMap(item -> expectedInstead(list.element(), item).stream())
                    .findFirst()
                    .map(expected -> "a list, with commas between, of which each is " + expected);
        } else if (value instanceof SettingValue.MapOf map) {
            return items(text)
                    .flatMap(item -> entry(map.element(), item).stream())
                    .findFirst();
        }
        return Optional.empty();
    }

    /** Words an enum constant as users write it. */
    static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<String> entry(SettingValue element, String item) {
        int equals = item.indexOf('=');
        if (equals < 1) {
            return Optional.of("of the form name=value, with commas between");
        }
        return expectedInstead(element, item.substring(equals + 1).strip())
                .map(expected -> "of the form name=value, with commas between, in which each value is " + expected);
    }

    private static Stream<String> items(String text) {
        return text.isBlank() ? Stream.of() : Arrays.stream(text.split(",", -1)).map(String::strip);
    }

    private static Optional<String> oneOf(SettingValue.OneOf type, String text) {
        String given = text.strip().toLowerCase(Locale.ROOT);
        return type.constants().stream().map(DefaultText::word).anyMatch(given::equals)
                ? Optional.empty()
                : Optional.of(type.constants().stream()
                        .map(DefaultText::word)
                        .collect(Collectors.joining(", ", "one of ", "")));
    }

    private static Optional<String> standard(SettingValue.Standard type, String text) {
        String word = text.strip();
        return switch (type) {
            case TEXT, SECRET -> Optional.empty();
            case INTEGER -> unless(word, Integer::parseInt, whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG -> unless(word, Long::parseLong, whole(Long.MIN_VALUE, Long.MAX_VALUE));
            case SHORT -> unless(word, Short::parseShort, whole(Short.MIN_VALUE, Short.MAX_VALUE));
            case BYTE -> unless(word, Byte::parseByte, whole(Byte.MIN_VALUE, Byte.MAX_VALUE));
            case DOUBLE -> unless(word, number -> finite(Double.parseDouble(number)), "a number");
            case FLOAT -> unless(word, number -> finite(Float.parseFloat(number)), "a number");
            case BIG_INTEGER -> unless(word, BigInteger::new, "a whole number");
            case BIG_DECIMAL -> unless(word, BigDecimal::new, "a number");
            case BOOLEAN ->
                word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")
                        ? Optional.empty()
                        : Optional.of("true or false");
            case DURATION -> unless(word, DefaultText::duration, "a duration such as 250ms, 30s, 1h30m or PT30S");
            case SIZE ->
                SIZE.matcher(word).matches() ? Optional.empty() : Optional.of("a size such as 512MiB, 10G or 1.5TB");
            case URI -> unless(word, DefaultText::uri, "a URI with its scheme, such as https://cloud.example");
            case PATH -> unless(text, DefaultText::path, "a path");
        };
    }

    private static Optional<String> unless(String text, Consumer<String> parser, String expected) {
        try {
            parser.accept(text);
            return Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            return Optional.of(expected);
        }
    }

    private static String whole(long from, long to) {
        return "a whole number from " + from + " to " + to;
    }

    private static void finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not finite");
        }
    }

    private static void duration(String text) {
        if (!SHORT_DURATION.matcher(text).matches() && Duration.parse(text).isNegative()) {
            throw new IllegalArgumentException("negative");
        }
    }

    private static void uri(String text) {
        if (!URI.create(text).isAbsolute()) {
            throw new IllegalArgumentException("without a scheme");
        }
    }

    private static void path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        Path.of(text);
    }
}
