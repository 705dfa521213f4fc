package dev.foothold.bench.destroy;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Measures how many calls and how much time it takes to destroy a model of ten thousand instances and five thousand
 * volumes, beside the least that takes; and how much memory, with more and more faults.
 */
public final class DestroyBenchmark implements Benchmark {

    private static final int INSTANCES = 10_000;
    private static final int ROUNDS = 5;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final List<Integer> FAULTS = List.of(0, 5, 20);
    private static final double MEGABYTE = 1e6;

    /** Creates the benchmark. */
    public DestroyBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        Files.createDirectories(options.directory());
        for (int instances : options.sizes(INSTANCES)) {
            measure(instances, options, out);
        }
    }

    private static void measure(int instances, Options options, PrintStream out) throws Exception {
        int fewest = Emptied.fewestCalls(instances);
        double shortest = Emptied.shortest(instances, LATENCY);
        Table table = new Table(
                instances + " instances, " + Emptied.volumes(instances) + " volumes",
                "calls",
                "most calls",
                "s",
                "median",
                "longest",
                "live heap, MB");
        table.row("the least there is to it", Integer.toString(fewest), "–", Table.number(shortest, 2), "–", "–", "–");
        List<Target> targets = new ArrayList<>();
        double flat = Double.NaN;
        one(instances, 0, LATENCY, false, options); // compiled by the time it counts
        for (int faults : FAULTS) {
            List<Emptied> all = new ArrayList<>();
            for (int round = 0; round < options.rounds(ROUNDS); round++) {
                all.add(one(instances, faults, LATENCY, false, options));
            }
            all.sort(Comparator.comparingDouble(Emptied::seconds));
            int calls = all.stream().mapToInt(Emptied::calls).max().orElseThrow();
            double heap = one(instances, faults, Duration.ZERO, true, options).heap() / MEGABYTE;
            table.row(
                    "Foothold, faults " + faults + " %",
                    Integer.toString(all.stream().mapToInt(Emptied::calls).min().orElseThrow()),
                    Integer.toString(calls),
                    Table.number(all.get(0).seconds(), 2),
                    Table.number(all.get(all.size() / 2).seconds(), 2),
                    Table.number(all.get(all.size() - 1).seconds(), 2),
                    Table.number(heap, 1));
            if (faults == 0) {
                flat = heap;
            } else {
                targets.add(new Target("faults " + faults + " %: live heap / without faults", heap / flat, 1.2));
            }
            if (faults == 5) {
                targets.add(new Target("faults 5 %: most calls / fewest possible", (double) calls / fewest, 1.15));
                targets.add(new Target(
                        "faults 5 %: time / shortest possible", all.get(0).seconds() / shortest, 1.5));
            }
        }
        out.println(table);
        targets.forEach(out::println);
    }

    private static Emptied one(int instances, int faults, Duration latency, boolean weighing, Options options)
            throws Exception {
        Path state = Files.createTempDirectory(options.directory(), "destroy");
        try {
            return Emptied.measure(state, instances, faults / 100.0, latency, weighing);
        } finally {
            try (var left = Files.walk(state)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
