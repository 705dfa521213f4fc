package dev.foothold.bench.redact;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Rounds;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Measures how fast text passes in which twenty secrets, each in three forms, are replaced: by our redactor, by a regular
 * expression that lists them all, and by replacing one after the other.
 */
public final class RedactorBenchmark implements Benchmark {

    private static final int SECRETS = 20;
    private static final int ROUNDS = 5;
    private static final int LEAST = 300;
    private static final int FEW = 8;

    /** Creates the benchmark. */
    public RedactorBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        for (int megabytes : options.sizes(64, 1_024)) {
            SampleText text = new SampleText(SECRETS);
            List<Pass> passes = passes(text, megabytes);
            for (Pass pass : passes) {
                pass.prepare();
                pass.run(); // compiled by the time it counts
            }
            Map<String, Measurement> measured = Rounds.run(options.rounds(ROUNDS), passes);
            Table table = new Table("", "MB", "MB/s", "seconds", "longest", "MB allocated");
            for (Pass pass : passes) {
                Measurement each = measured.get(pass.name());
                table.row(
                        pass.name(),
                        Table.number(pass.megabytes(), 0),
                        Table.number(pass.megabytes() / each.min(), 0),
                        Table.number(each.min(), 3),
                        Table.number(each.max(), 3),
                        Table.number(pass.allocated() / 1e6, 1));
            }
            out.println(table);
            double speed = megabytes / measured.get(Pass.OURS).min();
            out.println(new Target(LEAST + " MB/s / Foothold", LEAST / speed, 1));
        }
    }

    /** The others take so long that they get a few megabytes only. */
    static List<Pass> passes(SampleText text, int megabytes) {
        int few = Math.min(megabytes, FEW);
        return List.of(Pass.ours(text, megabytes), Pass.regularExpression(text, few), Pass.oneByOne(text, few));
    }
}
