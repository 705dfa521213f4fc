package dev.foothold.config;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Knows the secrets that occurred while settings were read, and cuts them out of what others say. */
final class Secrets {

    /** A line of a secret that is shorter is no secret on its own. */
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

    /** Replaces every secret in what somebody else said. */
    String cut(String text) {
        return cut(text, 1);
    }

    /** Replaces the secrets that are no words of our own. */
    String cutLong(String text) {
        return cut(text, SHORTEST_LINE);
    }

    private String cut(String text, int shortest) {
        // Longest first, and in one go: a short secret may be part of a longer one, or of what stands for it.
        String any = texts.stream()
                .filter(secret -> secret.length() >= shortest)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return any.isEmpty() ? text : Pattern.compile(any).matcher(text).replaceAll(Read.SECRET);
    }
}
