package dev.foothold.config;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of what is a single text. */
final class ScalarType<T> extends SettingType<T> {

    private static final String WHOLE = "[+-]?(0|[1-9][0-9]*)";
    private static final String NUMBER = WHOLE + "(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
    private static final int LONGEST_NUMBER = 1000;

    private final String name;
    private final Function<String, T> parser;
    private final @Nullable Function<T, String> renderer;
    private final boolean secret;
    private final Map<String, Object> jsonSchema;

    private ScalarType(
            String name,
            Function<String, T> parser,
            @Nullable Function<T, String> renderer,
            boolean secret,
            Map<String, Object> jsonSchema) {
        this.name = name;
        this.parser = parser;
        this.renderer = renderer;
        this.secret = secret;
        this.jsonSchema = jsonSchema;
    }

    static ScalarType<String> text() {
        return new ScalarType<>("text", text -> text, text -> text, false, JsonSchema.anyScalar());
    }

    static ScalarType<Secret> secret() {
        return new ScalarType<>("a secret", Secret::of, null, true, JsonSchema.anyScalar());
    }

    static ScalarType<Path> path() {
        return new ScalarType<>("a path", ScalarType::somePath, String::valueOf, false, JsonSchema.notBlank());
    }

    static <T> ScalarType<T> own(String name, Function<String, T> parser) {
        return word(name, parser, null, JsonSchema.anyScalar());
    }

    static <T extends Number> ScalarType<T> whole(long min, long max, Function<BigInteger, T> narrow) {
        return word(
                "a whole number from " + min + " to " + max,
                text -> {
                    try {
                        return narrow.apply(new BigInteger(require(WHOLE, text)));
                    } catch (ArithmeticException e) {
                        throw new IllegalArgumentException("a number out of range", e);
                    }
                },
                String::valueOf,
                JsonSchema.typeOrText(Map.of("type", "integer", "minimum", min, "maximum", max), WHOLE));
    }

    static ScalarType<BigInteger> whole() {
        return word(
                "a whole number",
                text -> new BigInteger(require(WHOLE, text)),
                String::valueOf,
                JsonSchema.typeOrText(Map.of("type", "integer"), WHOLE));
    }

    static <T extends Number> ScalarType<T> number(Function<String, T> parser, Predicate<T> finite) {
        return word(
                "a number",
                text -> {
                    T number = parser.apply(require(NUMBER, text));
                    if (!finite.test(number)) {
                        throw new IllegalArgumentException("too large a number");
                    }
                    return number;
                },
                String::valueOf,
                JsonSchema.typeOrText(Map.of("type", "number"), NUMBER));
    }

    static ScalarType<Boolean> bool() {
        return oneOf(List.of(true, false), String::valueOf, "true or false");
    }

    static ScalarType<Duration> duration() {
        return word(
                "a duration such as 250ms, 30s, 1h30m or PT30S",
                Durations::parse,
                Durations::render,
                JsonSchema.text(Durations.FORM));
    }

    static ScalarType<DataSize> size() {
        return word(
                "a size such as 512MiB, 10G or 1.5TB",
                DataSize::parse,
                DataSize::toString,
                JsonSchema.text(DataSize.FORM));
    }

    static ScalarType<URI> uri() {
        return word(
                "a URI with its scheme, such as https://cloud.example",
                ScalarType::absoluteUri,
                String::valueOf,
                JsonSchema.text("[A-Za-z][A-Za-z0-9+.-]*:.*"));
    }

    static <T> ScalarType<T> oneOf(List<T> constants, Function<T, String> naming) {
        if (constants.isEmpty()) {
            throw new IllegalArgumentException("there must be something to choose from");
        }
        String names = constants.stream().map(naming).collect(Collectors.joining(", "));
        return oneOf(constants, naming, constants.size() == 1 ? names : "one of " + names);
    }

    private static <T> ScalarType<T> oneOf(List<T> constants, Function<T, String> naming, String name) {
        Map<String, T> byText = new LinkedHashMap<>();
        for (T constant : constants) {
            if (byText.put(naming.apply(constant).toLowerCase(Locale.ROOT), constant) != null) {
                throw new IllegalArgumentException("two choices are written \"" + naming.apply(constant) + "\"");
            }
        }
        return word(
                name,
                text -> {
                    T constant = byText.get(text.toLowerCase(Locale.ROOT));
                    if (constant == null) {
                        throw new IllegalArgumentException("not " + name);
                    }
                    return constant;
                },
                naming,
                JsonSchema.choice(constants.stream().map(naming).toList()));
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public T parse(String text) {
        return parser.apply(text);
    }

    @Override
    @Nullable
    Read<T> read(Given given, Place place, Reading in) {
        if (!(given instanceof Given.Text text)) {
            return in.mismatch(place, given, this);
        }
        try {
            T value = parse(text.text());
            // An author's parser may give null; that is no value, and must not pass for one.
            if (value != null) {
                if (place.secret()) {
                    in.keep(text.text());
                }
                return new Read<>(value, place.secret() ? Read.SECRET : plain(value, text.text()));
            }
        } catch (RuntimeException e) {
            // Its message may quote the text, and the text may be a secret.
        }
        return in.mismatch(place, given, this);
    }

    private String plain(T value, String text) {
        return renderer == null ? text.strip() : renderer.apply(value);
    }

    Map<String, Object> jsonSchema() {
        return jsonSchema;
    }

    @Override
    boolean isSecret() {
        return secret;
    }

    @Override
    boolean hasParts() {
        return false;
    }

    private static <T> ScalarType<T> word(
            String name,
            Function<String, T> parser,
            @Nullable Function<T, String> renderer,
            Map<String, Object> jsonSchema) {
        return new ScalarType<>(name, text -> parser.apply(text.strip()), renderer, false, jsonSchema);
    }

    private static String require(String form, String text) {
        if (text.length() > LONGEST_NUMBER || !Pattern.matches(form, text)) {
            throw new IllegalArgumentException("not a number");
        }
        return text;
    }

    private static URI absoluteUri(String text) {
        URI uri = java.net.URI.create(text);
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("a URI without a scheme");
        }
        return uri;
    }

    private static Path somePath(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty path");
        }
        return Path.of(text);
    }
}
