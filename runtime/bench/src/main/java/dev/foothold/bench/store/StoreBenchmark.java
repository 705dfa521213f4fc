package dev.foothold.bench.store;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Cost;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how often a second an object is changed on the disk, alone and by eight at once, beside the least that such a
 * change takes.
 */
public final class StoreBenchmark implements Benchmark {

    private static final int ROUNDS = 5;
    private static final int INCREMENTS = 800;
    private static final int MANY = 8;
    private static final double LEAST = 0.6;

    /** Creates the benchmark. */
    public StoreBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        int increments = options.trials(INCREMENTS);
        Path parent = options.directory().resolve("store");
        Table table = new Table("", "changes", "changes/s", "ms each", "median", "longest", "lost");
        List<Target> targets = new ArrayList<>();
        long lost = 0;
        for (Map.Entry<String, List<Contenders>> side :
                sides(increments, parent).entrySet()) {
            Map<String, Double> fastest = new LinkedHashMap<>();
            Map<String, Result> results = sideBySide(options.rounds(ROUNDS), side.getValue());
            for (Contenders contenders : side.getValue()) {
                Result result = results.get(contenders.name());
                Measurement all = Measurement.of(result.costs());
                int changes = contenders.increments();
                fastest.put(contenders.name(), all.min());
                lost += result.lost();
                table.row(
                        contenders.name() + ", " + side.getKey(),
                        Integer.toString(changes),
                        Table.number(changes / all.min(), 0),
                        Table.number(all.min() * 1e3 / changes, 2),
                        Table.number(all.median() * 1e3 / changes, 2),
                        Table.number(all.max() * 1e3 / changes, 2),
                        Long.toString(result.lost()));
            }
            targets.add(new Target(
                    side.getKey() + ": Foothold / bare loop, time",
                    fastest.get(Contenders.FOOTHOLD) / fastest.get(Contenders.BARE),
                    1 / LEAST));
        }
        targets.add(new Target("changes lost", lost, 0));
        out.println(table);
        targets.forEach(out::println);
    }

    /** What is measured beside each other. */
    private static Map<String, List<Contenders>> sides(int increments, Path parent) {
        Map<String, List<Contenders>> sides = new LinkedHashMap<>();
        sides.put("1 contender", side(1, 1, increments, parent));
        sides.put(MANY + " threads", side(1, MANY, increments / MANY, parent));
        sides.put(MANY + " processes", side(MANY, 1, increments / MANY, parent));
        return sides;
    }

    private static List<Contenders> side(int processes, int threads, int each, Path parent) {
        int times = Math.max(1, each);
        return List.of(
                new Contenders(Contenders.FOOTHOLD, processes, threads, times, parent),
                new Contenders(Contenders.BARE, processes, threads, times, parent));
    }

    private record Result(List<Cost> costs, long lost) {}

    private static Map<String, Result> sideBySide(int rounds, List<Contenders> contenders) throws Exception {
        Map<String, Result> results = new LinkedHashMap<>();
        contenders.forEach(each -> results.put(each.name(), new Result(new ArrayList<>(), 0)));
        for (int round = 0; round < rounds; round++) {
            List<Contenders> order = new ArrayList<>(contenders);
            Collections.rotate(order, -round);
            for (Contenders each : order) {
                try {
                    results.get(each.name()).costs().add(Cost.of(each));
                } finally {
                    long lost = each.finish();
                    results.computeIfPresent(
                            each.name(), (name, before) -> new Result(before.costs(), before.lost() + lost));
                }
            }
        }
        return results;
    }
}
