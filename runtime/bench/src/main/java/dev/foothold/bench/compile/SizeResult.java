package dev.foothold.bench.compile;

import static dev.foothold.bench.compile.CompileBenchmark.FLOOR;
import static dev.foothold.bench.compile.CompileBenchmark.OURS;
import static dev.foothold.bench.compile.CompileBenchmark.STRINGS;

import dev.foothold.bench.Measurement;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * Says what was found at one number of annotated classes.
 *
 * @param classes the number
 * @param measured what each contender has cost
 * @param written what each contender's processor has written
 */
record SizeResult(int classes, Map<String, Measurement> measured, Map<String, Written> written) {

    /**
     * Says how much a processor wrote.
     *
     * @param files how many sources and resources
     * @param bytes how much is in them
     */
    record Written(int files, long bytes) {

        static Written of(SortedMap<String, String> files) {
            return new Written(
                    files.size(),
                    files.values().stream()
                            .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                            .sum());
        }
    }

    /** Lists all contenders. */
    Table table() {
        Table table = new Table(
                classes + " classes",
                "min s",
                "median s",
                "max s",
                "CPU s",
                "min × ours",
                "CPU × ours",
                "files/class",
                "bytes/class");
        Measurement ours = measured.get(OURS);
        measured.forEach((name, it) -> table.row(
                name,
                Table.number(it.min(), 2),
                Table.number(it.median(), 2),
                Table.number(it.max(), 2),
                Table.number(it.cpu(), 2),
                Table.number(it.min() / ours.min(), 2),
                Table.number(it.cpu() / ours.cpu(), 2),
                Table.number((double) written.get(name).files() / classes, 1),
                Table.number((double) written.get(name).bytes() / classes, 0)));
        return table;
    }

    /** Lists what each class has cost beyond those of a smaller number. */
    Table furtherTable(SizeResult fewer) {
        Table table = new Table(
                "each class from " + fewer.classes + " to " + classes,
                "min ms",
                "median ms",
                "CPU ms",
                "min × ours",
                "CPU × ours");
        Map<String, Measurement> each = further(fewer);
        Measurement ours = each.get(OURS);
        each.forEach((name, it) -> table.row(
                name,
                Table.number(it.min() * 1e3, 2),
                Table.number(it.median() * 1e3, 2),
                Table.number(it.cpu() * 1e3, 2),
                Table.number(it.min() / ours.min(), 2),
                Table.number(it.cpu() / ours.cpu(), 2)));
        return table;
    }

    private Map<String, Measurement> further(SizeResult fewer) {
        Map<String, Measurement> each = new LinkedHashMap<>();
        measured.forEach(
                (name, it) -> each.put(name, it.perFurther(fewer.measured.get(name), classes - fewer.classes)));
        return each;
    }

    /** Holds what was measured at this and a smaller number, which may be the same, against what it should be. */
    List<Target> targets(SizeResult fewer) {
        List<Target> targets = new ArrayList<>();
        add(targets, classes + " classes", measured, STRINGS, 1.25);
        if (fewer.classes < classes) {
            add(targets, "each further class", further(fewer), Peer.AUTO_VALUE.title(), 1.1);
        }
        add(targets, fewer.classes + " classes", fewer.measured, FLOOR, 1.4);
        return targets;
    }

    /** Adds a target in time that passed and, as that is what other work on the machine disturbs less, in CPU time. */
    private static void add(
            List<Target> targets, String what, Map<String, Measurement> measured, String other, double limit) {
        if (measured.containsKey(other)) {
            String ratio = what + ": " + OURS + " / " + other;
            targets.add(new Target(ratio, ratio(measured, other, Measurement::min), limit));
            double cpu = ratio(measured, other, Measurement::cpu);
            if (!Double.isNaN(cpu)) {
                targets.add(new Target(ratio + ", CPU", cpu, limit));
            }
        }
    }

    private static double ratio(Map<String, Measurement> measured, String other, ToDoubleFunction<Measurement> value) {
        return value.applyAsDouble(measured.get(OURS)) / value.applyAsDouble(measured.get(other));
    }
}
