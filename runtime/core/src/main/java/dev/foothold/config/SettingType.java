package dev.foothold.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says how what is given for a setting becomes a value, and what to call such values in messages.
 *
 * <p>The accepted texts of each type are given with it, as a regular expression that the whole text must match once the
 * blanks around it are taken off; only {@link #TEXT}, {@link #SECRET} and {@link #PATH} keep their blanks.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @param <T> the type of the values
 */
public abstract sealed class SettingType<T> permits ScalarType, ListType, MapType, OptionalType, GroupType {

    /** Any text, taken as it is, blanks and all; it may be empty. */
    public static final SettingType<String> TEXT = ScalarType.text();

    /** Any text, taken as it is, that must not be shown. Every setting of this type is secret. */
    public static final SettingType<Secret> SECRET = ScalarType.secret();

    /** A whole number that fits an {@code int}: {@code [+-]?(0|[1-9][0-9]*)}; no leading zeros. */
    public static final SettingType<Integer> INTEGER =
            ScalarType.whole(Integer.MIN_VALUE, Integer.MAX_VALUE, BigInteger::intValueExact);

    /** A whole number that fits a {@code long}: {@code [+-]?(0|[1-9][0-9]*)}; no leading zeros. */
    public static final SettingType<Long> LONG =
            ScalarType.whole(Long.MIN_VALUE, Long.MAX_VALUE, BigInteger::longValueExact);

    /** A whole number that fits a {@code short}: {@code [+-]?(0|[1-9][0-9]*)}; no leading zeros. */
    public static final SettingType<Short> SHORT =
            ScalarType.whole(Short.MIN_VALUE, Short.MAX_VALUE, BigInteger::shortValueExact);

    /** A whole number that fits a {@code byte}: {@code [+-]?(0|[1-9][0-9]*)}; no leading zeros. */
    public static final SettingType<Byte> BYTE =
            ScalarType.whole(Byte.MIN_VALUE, Byte.MAX_VALUE, BigInteger::byteValueExact);

    /** A whole number of at most 1,000 digits: {@code [+-]?(0|[1-9][0-9]*)}; no leading zeros. */
    public static final SettingType<BigInteger> BIG_INTEGER = ScalarType.whole();

    /** A finite number: {@code [+-]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}. */
    public static final SettingType<Double> DOUBLE = ScalarType.number(Double::valueOf, Double::isFinite);

    /** A finite number: {@code [+-]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}. */
    public static final SettingType<Float> FLOAT = ScalarType.number(Float::valueOf, Float::isFinite);

    /** A number of at most 1,000 characters: {@code [+-]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}. */
    public static final SettingType<BigDecimal> BIG_DECIMAL = ScalarType.number(BigDecimal::new, number -> true);

    /** {@code true} or {@code false}, in any case; nothing else, whatever YAML 1.1 says of {@code yes}. */
    public static final SettingType<Boolean> BOOLEAN = ScalarType.bool();

    /**
     * A time span that is not negative: short ({@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 2d}; units
     * from large to small, each at most once, so {@code ([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?} but not
     * empty) or as ISO-8601 has it ({@code PT30S}, what {@link Duration#parse} takes).
     */
    public static final SettingType<Duration> DURATION = ScalarType.duration();

    /** An amount of data: {@code [0-9]+(\.[0-9]+)?(B|[KMGTPE](iB|B)?)}, as {@link DataSize} has it. */
    public static final SettingType<DataSize> SIZE = ScalarType.size();

    /** A URI that says its scheme: what {@link java.net.URI#create} takes and is {@linkplain URI#isAbsolute absolute}. */
    public static final SettingType<URI> URI = ScalarType.uri();

    /** A path of the default file system, taken as it is, not blank; whether something is there is not looked at. */
    public static final SettingType<Path> PATH = ScalarType.path();

    SettingType() {}

    /**
     * Makes a type of its own kind, whose values are texts.
     *
     * @param name what to call a value of it in messages, such as {@code a whole number}; it ends "expected …"
     * @param parser turns text into a value, and throws an exception for text it does not take; the exception's message
     *     is not shown, for the text may be a secret. The text is handed in with the blanks around it taken off
     * @param <T> the type of the values
     * @return the type
     */
    public static <T> SettingType<T> of(String name, Function<String, T> parser) {
        return ScalarType.own(Objects.requireNonNull(name, "name"), Objects.requireNonNull(parser, "parser"));
    }

    /**
     * Makes the type whose values are constants of an enum; {@code VERY_LARGE} is written {@code very-large}, in any
     * case.
     *
     * @param constants usually all of an enum: {@code oneOf(Size.values())}
     * @param <E> the enum
     * @return the type
     * @throws IllegalArgumentException if there are no constants, or two of them are written in the same way
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // nothing but constants is read from the array
    public static <E extends Enum<E>> SettingType<E> oneOf(E... constants) {
        return ScalarType.oneOf(Arrays.asList(constants), ScalarType::kebab);
    }

    /**
     * Makes the type whose values are some texts.
     *
     * @param texts the texts, written in any case; a value is the text as it is here
     * @return the type
     * @throws IllegalArgumentException if there are no texts, or two of them differ in nothing but case
     */
    public static SettingType<String> choice(List<String> texts) {
        return ScalarType.oneOf(List.copyOf(texts), text -> text);
    }

    /**
     * Makes the type of lists. As text, {@code a, b} is a list of two, an empty text an empty list; texts with commas
     * or blanks around them can be given in a structured form only, and so can lists, unless empty, of what has parts
     * itself.
     *
     * @param element the type of each item; not optional
     * @param <T> the type of the items
     * @return the type; its values are immutable
     * @throws IllegalArgumentException if the element is optional
     */
    public static <T> SettingType<List<T>> listOf(SettingType<T> element) {
        return new ListType<>(requireNotOptional(element));
    }

    /**
     * Makes the type of maps from text. As text, {@code k=v, k2=v2} is a map of two, an empty text an empty map; values
     * with commas or blanks around them can be given in a structured form only, and so can maps, unless empty, of what
     * has parts itself.
     *
     * @param element the type of each value; not optional
     * @param <T> the type of the values
     * @return the type; its values are immutable and keep the order in which they were given
     * @throws IllegalArgumentException if the element is optional
     */
    public static <T> SettingType<Map<String, T>> mapOf(SettingType<T> element) {
        return new MapType<>(requireNotOptional(element));
    }

    /**
     * Makes the type of what may be missing. An optional group is empty only if none of its keys is given, also not by
     * environment variable.
     *
     * @param type the type of what is there; not optional itself
     * @param <T> the type of the values
     * @return the type
     * @throws IllegalArgumentException if the type is optional
     */
    public static <T> SettingType<Optional<T>> optional(SettingType<T> type) {
        return new OptionalType<>(requireNotOptional(type));
    }

    /**
     * Makes the type of values that are made of several settings.
     *
     * @param group the settings
     * @param <T> the type of the values
     * @return the type
     */
    public static <T> SettingType<T> group(SettingGroup<T> group) {
        return new GroupType<>(Objects.requireNonNull(group, "group"));
    }

    /**
     * Gives the name for messages.
     *
     * @return for example {@code true or false}
     */
    public abstract String name();

    /**
     * Turns text into a value.
     *
     * @param text the text
     * @return the value
     * @throws IllegalArgumentException if the text is none of {@link #name()}; the message may contain the text
     */
    public abstract T parse(String text);

    /** Reads what was given; null if it has faults, which are told to the reading. */
    abstract @Nullable Read<T> read(Given given, Place place, Reading in);

    /** Reads what was given nowhere; asked only if {@link #mayBeAbsent}. Null if it has faults. */
    @Nullable
    Read<T> absent(Place place, Reading in) {
        throw new IllegalStateException(place.path() + " must be given");
    }

    /** Tells whether there is a value, or faults of its own, if nothing is given. */
    boolean mayBeAbsent() {
        return false;
    }

    /** Tells whether no value of the type may be shown. */
    abstract boolean isSecret();

    /** Tells whether a part of a value may not be shown. */
    boolean holdsSecrets() {
        return isSecret();
    }

    /** Tells whether a value is more than one text. */
    abstract boolean hasParts();

    /** Tells whether the parts of a value have keys, so that a key with dots reaches them. */
    boolean hasKeys() {
        return false;
    }

    @Override
    public final String toString() {
        return name();
    }

    private static <T> SettingType<T> requireNotOptional(SettingType<T> type) {
        if (type instanceof OptionalType) {
            throw new IllegalArgumentException("what is optional cannot be part of a list or map, or optional again");
        }
        return type;
    }
}
