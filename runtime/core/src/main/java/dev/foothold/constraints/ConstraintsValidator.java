package dev.foothold.constraints;

import dev.foothold.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Knows what a cloud cannot do for a machine: what has no effect there, which values there are, what excludes each other.
 * Immutable; every method that describes the cloud gives a changed copy.
 *
 * <pre>{@code
 * ConstraintsValidator.permissive()
 *         .unsupported(ConstraintName.TAGS, ConstraintName.CPU_POWER)
 *         .conflict(Set.of(ConstraintName.INSTANCE_TYPE), Set.of(ConstraintName.MEM, ConstraintName.CORES))
 *         .vocabulary(ConstraintName.ARCH, "amd64", "arm64")
 * }</pre>
 */
public final class ConstraintsValidator {

    private static final Comparator<ConstraintName> BY_TEXT = Comparator.comparing(ConstraintName::text);
    private static final int WORDS_SHOWN = 20;
    private static final ConstraintsValidator PERMISSIVE =
            new ConstraintsValidator(Set.of(), Set.of(), Map.of(), Map.of());

    private final Set<ConstraintName> unsupported;
    private final Set<Pair> conflicts;
    private final Map<Pair, ConflictResolver> resolvers;
    private final Map<ConstraintName, Set<String>> vocabularies;

    private ConstraintsValidator(
            Set<ConstraintName> unsupported,
            Set<Pair> conflicts,
            Map<Pair, ConflictResolver> resolvers,
            Map<ConstraintName, Set<String>> vocabularies) {
        this.unsupported = Set.copyOf(unsupported);
        this.conflicts = Set.copyOf(conflicts);
        this.resolvers = Map.copyOf(resolvers);
        this.vocabularies = Map.copyOf(vocabularies);
    }

    /**
     * Describes a cloud that can do whatever is asked for.
     *
     * @return a validator without a rule
     */
    public static ConstraintsValidator permissive() {
        return PERMISSIVE;
    }

    /**
     * Says what has no effect in the cloud, in addition to what has been said. It is reported, but is no fault.
     *
     * @param names what is ignored
     * @return the changed copy
     */
    public ConstraintsValidator unsupported(ConstraintName... names) {
        Set<ConstraintName> all = new LinkedHashSet<>(unsupported);
        all.addAll(Arrays.asList(names));
        return new ConstraintsValidator(all, conflicts, resolvers, vocabularies);
    }

    /**
     * Says what excludes each other, in addition to what has been said: each of one side excludes each of the other.
     * Those of one side do not exclude each other.
     *
     * @param reds one side
     * @param blues the other
     * @return the changed copy
     * @throws IllegalArgumentException if a name is on both sides
     */
    public ConstraintsValidator conflict(Collection<ConstraintName> reds, Collection<ConstraintName> blues) {
        Set<Pair> all = new LinkedHashSet<>(conflicts);
        for (ConstraintName red : reds) {
            for (ConstraintName blue : blues) {
                all.add(Pair.of(red, blue));
            }
        }
        return new ConstraintsValidator(unsupported, all, resolvers, vocabularies);
    }

    /**
     * Has somebody decide, case by case, whether two constraints that exclude each other do so. Replaces who decided on
     * the same two before.
     *
     * @param one the one
     * @param other the other; their order does not matter
     * @param resolver is asked when both are set
     * @return the changed copy
     * @throws IllegalArgumentException if they are the same
     */
    public ConstraintsValidator resolver(ConstraintName one, ConstraintName other, ConflictResolver resolver) {
        Map<Pair, ConflictResolver> all = new HashMap<>(resolvers);
        all.put(Pair.of(one, other), resolver);
        return new ConstraintsValidator(unsupported, conflicts, all, vocabularies);
    }

    /**
     * Says which values there are, instead of what has been said of the same constraint.
     *
     * @param name the constraint; of a list, each item has to be one of the values
     * @param words the values, written as in constraints; without any, all are refused
     * @return the changed copy
     * @throws IllegalArgumentException if a value is not a number, size or boolean, but the constraint takes one
     */
    public ConstraintsValidator vocabulary(ConstraintName name, String... words) {
        return vocabulary(name, List.of(words));
    }

    /**
     * Says which values there are, instead of what has been said of the same constraint.
     *
     * @param name the constraint; of a list, each item has to be one of the values
     * @param words the values, written as in constraints; without any, all are refused
     * @return the changed copy
     * @throws IllegalArgumentException if a value is not a number, size or boolean, but the constraint takes one
     */
    public ConstraintsValidator vocabulary(ConstraintName name, Collection<String> words) {
        return withVocabulary(name, words.stream());
    }

    /**
     * Says which values there are besides those that have been named.
     *
     * @param name the constraint
     * @param words further values, written as in constraints
     * @return the changed copy
     * @throws IllegalArgumentException if a value is not a number, size or boolean, but the constraint takes one
     */
    public ConstraintsValidator updateVocabulary(ConstraintName name, Collection<String> words) {
        return withVocabulary(name, Stream.concat(vocabularies.getOrDefault(name, Set.of()).stream(), words.stream()));
    }

    /**
     * Judges constraints.
     *
     * @param constraints what is asked for
     * @return all that is to be said about them, always in the same order
     */
    public ConstraintsReport validate(Constraints constraints) {
        List<String> faults = new ArrayList<>();
        sorted(constraints.names()).forEach(name -> checkVocabulary(name, constraints, faults));
        for (Pair pair : new TreeSet<>(conflicts)) {
            if (constraints.isSet(pair.first) && constraints.isSet(pair.second)) {
                checkConflict(pair, constraints, faults);
            }
        }
        return new ConstraintsReport(
                sorted(constraints.names()).stream()
                        .filter(unsupported::contains)
                        .toList(),
                faults);
    }

    /**
     * Fills in what constraints leave open. What a constraint excludes is not filled in, so that no new conflict comes
     * about.
     *
     * @param fallback gives what is not set
     * @param constraints what is set, even to nothing, wins
     * @return both
     * @throws IllegalArgumentException if one of them cannot be met on its own; the message lists all faults, also those
     *     of values that would be overridden
     */
    public Constraints merge(Constraints fallback, Constraints constraints) {
        requireValid(fallback);
        requireValid(constraints);
        Set<ConstraintName> excluded = EnumSet.noneOf(ConstraintName.class);
        for (ConstraintName name : constraints.names()) {
            conflicts.stream().flatMap(pair -> pair.opposite(name).stream()).forEach(excluded::add);
        }
        return constraints.withFallback(fallback.without(excluded));
    }

    private void requireValid(Constraints constraints) {
        ConstraintsReport report = validate(constraints);
        if (!report.faults().isEmpty()) {
            throw new IllegalArgumentException(
                    "the constraints \"" + constraints + "\" cannot be met: " + report.describeFaults());
        }
    }

    private ConstraintsValidator withVocabulary(ConstraintName name, Stream<String> words) {
        Set<String> known = new LinkedHashSet<>();
        words.forEach(word -> {
            try {
                known.add(name.form().word(word));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the word " + ConstraintText.quoted(word) + " in the vocabulary of constraint \"" + name.text()
                                + "\" " + e.getMessage(),
                        e);
            }
        });
        Map<ConstraintName, Set<String>> all = new HashMap<>(vocabularies);
        all.put(name, known);
        return new ConstraintsValidator(unsupported, conflicts, resolvers, all);
    }

    private void checkVocabulary(ConstraintName name, Constraints constraints, List<String> faults) {
        Set<String> known = vocabularies.get(name);
        if (known == null) {
            return;
        }
        for (String word : constraints.words(name)) {
            if (!known.contains(word)) {
                faults.add("there is no " + ConstraintText.quoted(name.text() + "=" + word) + " here; "
                        + alternatives(word, known));
            }
        }
    }

    private static String alternatives(String word, Set<String> known) {
        if (known.isEmpty()) {
            return "no value is allowed";
        }
        String shown = "valid are "
                + String.join(", ", known.stream().limit(WORDS_SHOWN).toList());
        if (known.size() <= WORDS_SHOWN) {
            return shown;
        }
        return Nearest.to(word, known)
                        .map(near -> "did you mean \"" + near + "\"? ")
                        .orElse("")
                + shown + " and " + (known.size() - WORDS_SHOWN) + " more";
    }

    private void checkConflict(Pair pair, Constraints constraints, List<String> faults) {
        ConflictResolver resolver = resolvers.get(pair);
        Optional<String> objection = resolver == null ? Optional.of("") : resolver.objection(constraints);
        objection.ifPresent(reason -> faults.add("constraints \"" + pair.first.text() + "\" and \"" + pair.second.text()
                + "\" exclude each other; "
                + (reason.isEmpty() ? "give only one of them" : reason)));
    }

    private static SortedSet<ConstraintName> sorted(Collection<ConstraintName> names) {
        SortedSet<ConstraintName> sorted = new TreeSet<>(BY_TEXT);
        sorted.addAll(names);
        return sorted;
    }

    /** Two different names, the one that sorts first before the other. */
    private record Pair(ConstraintName first, ConstraintName second) implements Comparable<Pair> {

        static Pair of(ConstraintName one, ConstraintName other) {
            if (one == other) {
                throw new IllegalArgumentException("constraint \"" + one.text() + "\" cannot exclude itself");
            }
            return BY_TEXT.compare(one, other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }

        Optional<ConstraintName> opposite(ConstraintName name) {
            return name == first ? Optional.of(second) : name == second ? Optional.of(first) : Optional.empty();
        }

        @Override
        public int compareTo(Pair other) {
            return Comparator.comparing(Pair::first, BY_TEXT)
                    .thenComparing(Pair::second, BY_TEXT)
                    .compare(this, other);
        }
    }
}
