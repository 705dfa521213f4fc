package dev.foothold.bench.distribution;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Rounds;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import dev.foothold.bench.Trial;
import java.io.PrintStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures how long it takes to count a million machines in a thousand zones and to choose among a hundred thousand others,
 * beside a plain counting pass and beside the original's rule; and to plan where a million more go.
 */
public final class DistributionBenchmark implements Benchmark {

    private static final int INSTANCES = 1_000_000;
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 3;

    /** Creates the benchmark. */
    public DistributionBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        for (int instances : options.sizes(INSTANCES)) {
            Inventory inventory = Inventory.of(instances);
            int rounds = options.rounds(ROUNDS);
            answers(inventory, rounds, out);
            plans(inventory, rounds, out);
        }
    }

    private static void answers(Inventory inventory, int rounds, PrintStream out) throws Exception {
        List<Answer> answers = Answer.all(inventory);
        Map<String, Measurement> measured = measure(rounds, answers);
        Set<Object> right = Set.copyOf(chosen(answers, Answer.OURS));
        Table table = new Table("", "ms", "median", "longest", "chosen", "wrongly");
        for (Answer answer : answers) {
            Measurement each = measured.get(answer.name());
            boolean chooses = List.of(Answer.OURS, Answer.ORIGINAL).contains(answer.name());
            table.row(
                    answer.name(),
                    Table.number(each.min() * 1e3, 1),
                    Table.number(each.median() * 1e3, 1),
                    Table.number(each.max() * 1e3, 1),
                    chooses ? Table.number(chosen(answers, answer.name()).size(), 0) : "–",
                    chooses ? Table.number(wrong(chosen(answers, answer.name()), right), 0) : "–");
        }
        out.println(table);
        out.println(new Target(
                "Foothold, allocations / counting pass",
                measured.get(Answer.ALLOCATIONS).min()
                        / measured.get(Answer.COUNT).min(),
                3));
        out.println();
    }

    private static Collection<?> chosen(List<Answer> answers, String name) {
        return answers.stream()
                .filter(answer -> answer.name().equals(name))
                .map(answer -> (Collection<?>) answer.answer())
                .findFirst()
                .orElseThrow();
    }

    /** Counts those that are chosen although their zone is not one of the emptiest, and those that should have been. */
    private static int wrong(Collection<?> chosen, Set<Object> right) {
        Set<Object> different = new HashSet<>(chosen);
        different.removeAll(right);
        Set<Object> forgotten = new HashSet<>(right);
        forgotten.removeAll(new HashSet<>(chosen));
        return different.size() + forgotten.size();
    }

    private static void plans(Inventory inventory, int rounds, PrintStream out) throws Exception {
        List<Planned> plans = Planned.all(inventory);
        Map<String, Measurement> measured = measure(rounds, plans);
        Table table = new Table("", "ns", "median", "longest");
        for (Planned plan : plans) {
            Measurement each = measured.get(plan.name());
            double unit = 1e9 / plan.each();
            table.row(
                    plan.name(),
                    Table.number(each.min() * unit, 1),
                    Table.number(each.median() * unit, 1),
                    Table.number(each.max() * unit, 1));
        }
        out.println(table);
        out.println(new Target(
                "counts and explanations, ms",
                measured.get(Planned.COUNTS).min() * 1e3 / plans.get(0).each(),
                1));
        out.println(new Target(
                "sequence, ns each",
                measured.get(Planned.SEQUENCE).min() * 1e9 / plans.get(1).each(),
                20));
    }

    private static Map<String, Measurement> measure(int rounds, List<? extends Trial> trials) throws Exception {
        Rounds.run(WARM_UP, trials); // compiled by the time it counts
        return Rounds.run(rounds, trials);
    }
}
