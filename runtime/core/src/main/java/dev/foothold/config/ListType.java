package dev.foothold.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of lists. */
final class ListType<T> extends SettingType<List<T>> {

    private final SettingType<T> element;

    ListType(SettingType<T> element) {
        this.element = element;
    }

    SettingType<T> element() {
        return element;
    }

    @Override
    public String name() {
        return "a list, each item " + element.name();
    }

    @Override
    public List<T> parse(String text) {
        return TextForm.items(text, element).stream().map(element::parse).toList();
    }

    @Override
    @Nullable
    Read<List<T>> read(Given given, Place place, Reading in) {
        List<Given> items = items(given);
        if (items == null) {
            return in.mismatch(place, given, this);
        }
        List<T> values = new ArrayList<>();
        List<@Nullable Object> plain = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Given item = items.get(i);
            Read<T> read = element.read(item, place.item(i, item.source()), in);
            if (read != null) {
                values.add(read.value());
                plain.add(read.plain());
            }
        }
        return values.size() < items.size() ? null : new Read<>(List.copyOf(values), plain);
    }

    private @Nullable List<Given> items(Given given) {
        if (given instanceof Given.Items some) {
            return some.items();
        }
        if (given instanceof Given.Nothing) {
            return List.of();
        }
        if (!(given instanceof Given.Text text)) {
            return null;
        }
        try {
            return TextForm.items(text.text(), element).stream()
                    .<Given>map(item -> new Given.Text(item, text.source()))
                    .toList();
        } catch (IllegalArgumentException e) {
            return null;
        }
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
}
