package dev.foothold.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what was asked for on the command line, for example {@code rounds=3 sizes=10,100}.
 *
 * @param directory where the build has put what benchmarks need, and where they may write; an absolute path
 * @param values the options by name
 */
public record Options(Path directory, Map<String, String> values) {

    private static final Set<String> NAMES = new TreeSet<>(Set.of("only", "rounds", "sizes", "trials"));

    /**
     * Reads options.
     *
     * @param directory where the build has put what benchmarks need, and where they may write
     * @param words each {@code name=value}
     * @throws IllegalArgumentException if a word is no option
     */
    public static Options parse(Path directory, List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            String name = word.replaceFirst("=.*", "");
            if (!word.contains("=") || !NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "\"" + word + "\" is not an option. Options are written name=value; there are " + NAMES + ".");
            }
            values.put(name, word.substring(name.length() + 1));
        }
        return new Options(directory.toAbsolutePath(), Map.copyOf(values));
    }

    /**
     * Gives the number of rounds, {@code rounds=…}.
     *
     * @param otherwise the number if none was asked for
     */
    public int rounds(int otherwise) {
        return text("rounds").map(text -> positive("rounds", text)).orElse(otherwise);
    }

    /**
     * Gives the number of trials, {@code trials=…}.
     *
     * @param otherwise the number if none was asked for
     */
    public int trials(int otherwise) {
        return text("trials").map(text -> positive("trials", text)).orElse(otherwise);
    }

    /**
     * Gives the sizes to measure, {@code sizes=…,…}, ascending.
     *
     * @param otherwise the sizes if none were asked for
     */
    public List<Integer> sizes(Integer... otherwise) {
        return text("sizes")
                .map(text -> words(text)
                        .map(word -> positive("sizes", word))
                        .sorted()
                        .distinct()
                        .toList())
                .orElseGet(() -> List.of(otherwise));
    }

    /** Gives the names of those to measure, {@code only=…,…}; empty if all are to be. */
    public Set<String> only() {
        return text("only")
                .map(text -> words(text).collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip);
    }

    private static int positive(String name, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as wrong as a number that is too small
        }
        throw new IllegalArgumentException(name + "=" + text + ": expected a whole number above zero.");
    }
}
