package dev.foothold.processor.check;

import dev.foothold.processor.model.SettingValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether a default is a value of its setting, as the runtime will see it.
 *
 * <p>The runtime's types cannot be asked here; a test where the two meet holds them to the same answers.
 */
public final class DefaultText {

    private DefaultText() {}

    /**
     * Tells whether values of a type can be written as one text at all.
     *
     * @param value the type of the setting
     * @return false for what has parts of its own, and for lists and maps of that
     */
    public static boolean exists(SettingValue value) {
        if (value instanceof SettingValue.OptionalOf optional) {
            return exists(optional.element());
        } else if (value instanceof SettingValue.ListOf list) {
            return isSingle(list.element());
        } else if (value instanceof SettingValue.MapOf map) {
            return isSingle(map.element());
        }
        return isSingle(value);
    }

    private static boolean isSingle(SettingValue value) {
        return value instanceof SettingValue.Standard || value instanceof SettingValue.OneOf;
    }

    /**
     * Checks a default.
     *
     * @param value the type of the setting, no record
     * @param text the default
     * @return what was expected instead, to end a sentence with; empty if it fits
     */
    public static Optional<String> expectedInstead(SettingValue value, String text) {
        if (!exists(value)) {
            return text.isBlank() ? Optional.empty() : Optional.of("empty, and there is no other text for such values");
        } else if (value instanceof SettingValue.ListOf list) {
            return Arrays.stream(items(text))
                    .flatMap(item ->
                            item.isEmpty() ? Optional.of("something").stream() : single(list.element(), item).stream())
                    .findFirst()
                    .map(expected -> "a list, with commas between, of which each is " + expected);
        } else if (value instanceof SettingValue.MapOf map) {
            return entries(map.element(), items(text));
        }
        return single(value, text);
    }

    /** Words an enum constant as users write it. */
    static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String[] items(String text) {
        String[] items = text.isBlank() ? new String[0] : text.split(",", -1);
        return Arrays.stream(items).map(String::strip).toArray(String[]::new);
    }

    private static Optional<String> entries(SettingValue element, String[] items) {
        Set<String> keys = new HashSet<>();
        for (String item : items) {
            int equals = item.indexOf('=');
            if (equals < 1 || !keys.add(item.substring(0, equals).strip())) {
                return Optional.of("of the form name=value, with commas between, and each name once");
            }
            Optional<String> expected =
                    single(element, item.substring(equals + 1).strip());
            if (expected.isPresent()) {
                return expected.map(
                        value -> "of the form name=value, with commas between, where each value is " + value);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> single(SettingValue value, String text) {
        if (value instanceof SettingValue.Standard standard) {
            ScalarForm form = ScalarForm.of(standard);
            return form.matches(text) ? Optional.empty() : Optional.of(form.expected());
        } else if (value instanceof SettingValue.OneOf oneOf) {
            List<String> words =
                    oneOf.constants().stream().map(DefaultText::word).toList();
            return words.contains(text.strip().toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of(words.stream().collect(Collectors.joining(", ", "one of ", "")));
        }
        throw new IllegalArgumentException("values that have no form as text");
    }
}
