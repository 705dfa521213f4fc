package dev.foothold.bench;

import dev.foothold.bench.bootstrap.BootstrapBenchmark;
import dev.foothold.bench.compile.CompileBenchmark;
import dev.foothold.bench.destroy.DestroyBenchmark;
import dev.foothold.bench.distribution.DistributionBenchmark;
import dev.foothold.bench.firewall.FirewallBenchmark;
import dev.foothold.bench.reach.AmongBenchmark;
import dev.foothold.bench.reach.LateBenchmark;
import dev.foothold.bench.reach.ManyBenchmark;
import dev.foothold.bench.reach.OneBenchmark;
import dev.foothold.bench.redact.RedactorBenchmark;
import dev.foothold.bench.script.ScriptBenchmark;
import dev.foothold.bench.store.StoreBenchmark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the benchmark that is named on the command line. */
public final class Main {

    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.ofEntries(
            Map.entry("bootstrap", new BootstrapBenchmark()),
            Map.entry("compile", new CompileBenchmark()),
            Map.entry("destroy", new DestroyBenchmark()),
            Map.entry("distribution", new DistributionBenchmark()),
            Map.entry("firewall", new FirewallBenchmark()),
            Map.entry("reach-among", new AmongBenchmark()),
            Map.entry("reach-late", new LateBenchmark()),
            Map.entry("reach-many", new ManyBenchmark()),
            Map.entry("reach-one", new OneBenchmark()),
            Map.entry("redactor", new RedactorBenchmark()),
            Map.entry("script", new ScriptBenchmark()),
            Map.entry("store", new StoreBenchmark())));

    private Main() {}

    /**
     * Runs a benchmark.
     *
     * @param args the build's directory, the name of a benchmark, then options as {@code name=value}
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.stream(args).filter(word -> !word.isBlank()).toList();
        Benchmark benchmark = words.size() < 2 ? null : BENCHMARKS.get(words.get(1));
        if (benchmark == null) {
            System.err.println(
                    "Usage: <directory> <benchmark> [name=value …]; benchmarks are " + BENCHMARKS.keySet() + ".");
            System.exit(2);
            return;
        }
        System.out.printf(
                "# %s%n%nJDK %s, %s, %d processors%n%n",
                words.get(1),
                Runtime.version(),
                Machine.cpu(),
                Runtime.getRuntime().availableProcessors());
        benchmark.run(Options.parse(Path.of(words.get(0)), words.subList(2, words.size())), System.out);
    }
}
