package dev.foothold.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type of maps from text. */
final class MapType<T> extends SettingType<Map<String, T>> {

    private final SettingType<T> element;

    MapType(SettingType<T> element) {
        this.element = element;
    }

    SettingType<T> element() {
        return element;
    }

    @Override
    public String name() {
        return "a mapping, each value " + element.name();
    }

    @Override
    public Map<String, T> parse(String text) {
        Map<String, T> values = new LinkedHashMap<>();
        TextForm.entries(text, element).forEach((key, value) -> values.put(key, element.parse(value)));
        return Collections.unmodifiableMap(values);
    }

    @Override
    @Nullable
    Read<Map<String, T>> read(Given given, Place place, Reading in) {
        Map<String, Given> entries = new LinkedHashMap<>();
        if (given instanceof Given.Entries some) {
            entries.putAll(element.hasKeys() ? in.byFirstName(some, place) : some.entries());
        } else if (given instanceof Given.Text text) {
            try {
                TextForm.entries(text.text(), element)
                        .forEach((key, value) -> entries.put(key, new Given.Text(value, text.source())));
            } catch (IllegalArgumentException e) {
                return in.mismatch(place, given, this);
            }
        } else if (!(given instanceof Given.Nothing)) {
            return in.mismatch(place, given, this);
        }
        Map<String, T> values = new LinkedHashMap<>();
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            Read<T> read = element.read(value, place.entry(key, value.source()), in);
            if (read != null) {
                values.put(key, read.value());
                plain.put(key, read.plain());
            }
        });
        return values.size() < entries.size() ? null : new Read<>(Collections.unmodifiableMap(values), plain);
    }

    @Override
    boolean isSecret() {
        return element.isSecret();
    }

    @Override
    boolean holdsSecrets() {
        return element.holdsSecrets();
    }

    @Override
    boolean hasParts() {
        return true;
    }

    @Override
    boolean hasKeys() {
        return true;
    }
}
