package dev.foothold.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says how the text of a setting becomes a value, and what to call such values in messages.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @param <T> the type of the values
 */
public final class SettingType<T> {

    /** Any text, taken as it is, blanks and all. */
    public static final SettingType<String> TEXT = of("text", text -> text);

    /** A whole number that fits an {@code int}. */
    public static final SettingType<Integer> INTEGER =
            word("a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE, Integer::valueOf);

    /** A whole number that fits a {@code long}. */
    public static final SettingType<Long> LONG =
            word("a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE, Long::valueOf);

    /** {@code true} or {@code false}, in any case. */
    public static final SettingType<Boolean> BOOLEAN = word("true or false", SettingType::bool);

    /**
     * A time span that is not negative: short ({@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 2d}; units
     * from large to small, each at most once) or as ISO-8601 has it ({@code PT30S}).
     */
    public static final SettingType<Duration> DURATION =
            word("a duration such as 250ms, 30s, 1h30m or PT30S", Durations::parse);

    /** A URI that says its scheme. */
    public static final SettingType<URI> URI =
            word("a URI with its scheme, such as https://cloud.example", SettingType::absoluteUri);

    /** A path of the default file system, taken as it is; whether something is there is not looked at. */
    public static final SettingType<Path> PATH = of("a path", SettingType::path);

    private final String name;
    private final Function<String, T> parser;

    private SettingType(String name, Function<String, T> parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * Makes a type of its own kind.
     *
     * @param name what to call a value of it in messages, such as {@code a whole number}; it ends "expected …"
     * @param parser turns text into a value, and throws {@link IllegalArgumentException} for text it does not take; the
     *     exception's message is not shown, for the text may be a secret
     * @param <T> the type of the values
     * @return the type
     */
    public static <T> SettingType<T> of(String name, Function<String, T> parser) {
        return new SettingType<>(Objects.requireNonNull(name, "name"), Objects.requireNonNull(parser, "parser"));
    }

    /**
     * Makes the type whose values are the constants of an enum.
     *
     * @param type the enum; {@code VERY_LARGE} is written {@code very-large}, in any case
     * @param <E> the enum
     * @return the type
     */
    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        Map<String, E> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(SettingType::kebab, constant -> constant));
        String names = Arrays.stream(type.getEnumConstants())
                .map(SettingType::kebab)
                .collect(Collectors.joining(", ", "one of ", ""));
        return word(names, text -> {
            E constant = constants.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new IllegalArgumentException("not " + names);
            }
            return constant;
        });
    }

    /**
     * Gives the name for messages.
     *
     * @return for example {@code true or false}
     */
    public String name() {
        return name;
    }

    /**
     * Turns text into a value.
     *
     * @param text the text; blanks around it do not matter, except to {@link #TEXT} and {@link #PATH}
     * @return the value
     * @throws IllegalArgumentException if the text is none of {@link #name()}; the message may contain the text
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    @Override
    public String toString() {
        return name;
    }

    private static <T> SettingType<T> word(String name, Function<String, T> parser) {
        return new SettingType<>(name, text -> parser.apply(text.strip()));
    }

    private static boolean bool(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!word.equals("true") && !word.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return word.equals("true");
    }

    private static URI absoluteUri(String text) {
        URI uri = java.net.URI.create(text);
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("a URI without a scheme");
        }
        return uri;
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty path");
        }
        return Path.of(text);
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
