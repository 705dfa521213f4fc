package dev.foothold.config;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Knows the secrets that occurred while settings were read, and cuts them out of what others say. */
final class Secrets {

    /** What is shorter is no secret on its own, only a line of one. */
    private static final int SHORTEST_LINE = 6;

    private final Set<String> texts =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    void add(Given given) {
        if (given instanceof Given.Text text) {
            add(text.text());
        } else if (given instanceof Given.Items items) {
            items.items().forEach(this::add);
        } else if (given instanceof Given.Entries entries) {
            entries.entries().values().forEach(this::add);
        }
    }

    private void add(String text) {
        if (!text.isBlank()) {
            texts.add(text);
            texts.add(text.strip());
            text.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE)
                    .forEach(texts::add);
        }
    }

    /** Replaces every secret in a text. */
    String cut(String text) {
        if (texts.isEmpty()) {
            return text;
        }
        // Longest first, and in one go: a short secret may be part of a longer one, or of what stands for it.
        String any = texts.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile(any).matcher(text).replaceAll("(secret)");
    }
}
