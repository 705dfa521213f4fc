package dev.foothold.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and maps as a single text: {@code a, b} and {@code k=v, k2=v2}. */
final class TextForm {

    private TextForm() {}

    private static List<String> items(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            throw new IllegalArgumentException("nothing between two commas");
        }
        return items;
    }

    /** Takes a text apart whose items may have parts themselves, and so no form as text: only no items can be written. */
    static List<String> items(String text, SettingType<?> element) {
        if (element.hasParts() && !text.isBlank()) {
            throw new IllegalArgumentException("items of several parts have no form as text");
        }
        return items(text);
    }

    /** Takes a text apart whose values may have parts themselves, and so no form as text: only no values can be written. */
    static Map<String, String> entries(String text, SettingType<?> element) {
        if (element.hasParts() && !text.isBlank()) {
            throw new IllegalArgumentException("values of several parts have no form as text");
        }
        return entries(text);
    }

    /** Takes a text apart; the first {@code =} of each item ends its key. */
    private static Map<String, String> entries(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String item : items(text)) {
            int end = item.indexOf('=');
            if (end <= 0) {
                throw new IllegalArgumentException("an item without key and =");
            }
            if (entries.put(
                            item.substring(0, end).strip(),
                            item.substring(end + 1).strip())
                    != null) {
                throw new IllegalArgumentException("a key that occurs twice");
            }
        }
        return entries;
    }
}
