package dev.foothold.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns Java values into what is given for settings. */
final class GivenValues {

    private GivenValues() {}

    static Given.Entries of(Map<?, ?> values) {
        return entries("", values);
    }

    private static Given.Entries entries(String path, Map<?, ?> values) {
        Map<String, Given> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException(
                        "a key" + (path.isEmpty() ? "" : " of \"" + path + "\"") + " is not text, but " + typeOf(key));
            }
            entries.put(name, given(path.isEmpty() ? name : path + "." + name, value));
        });
        return new Given.Entries(entries, SettingSource.given(path), true);
    }

    private static Given given(String path, @Nullable Object value) {
        SettingSource source = SettingSource.given(path);
        if (value == null) {
            return new Given.Nothing(source);
        }
        if (value instanceof Map<?, ?> map) {
            return entries(path, map);
        }
        if (value instanceof Collection<?> items) {
            List<Given> list = new ArrayList<>();
            for (Object item : items) {
                list.add(given(path + "[" + list.size() + "]", item));
            }
            return new Given.Items(list, source);
        }
        return new Given.Text(text(path, value), source);
    }

    private static String text(String path, Object value) {
        if (value instanceof Secret secret) {
            return secret.reveal();
        }
        if (value instanceof Enum<?> constant) {
            return ScalarType.kebab(constant);
        }
        if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof URI
                || value instanceof Path
                || value instanceof Duration
                || value instanceof DataSize) {
            return value.toString();
        }
        throw new IllegalArgumentException("the value of \"" + path
                + "\" must be a text, number, boolean, enum constant, Secret, URI, Path, Duration, DataSize, or a list or"
                + " map of such, but is " + typeOf(value));
    }

    private static String typeOf(@Nullable Object value) {
        return value == null ? "null" : "a " + value.getClass().getName();
    }
}
