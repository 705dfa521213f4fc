package dev.foothold.bench.bootstrap;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import dev.foothold.simulator.http.CloudProcess;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures a bootstrap on the embedded cloud: the tenth in one process, on a cloud that answers at once; and the first,
 * on one that takes its time to start a machine, which is when everything that is needed later can be loaded.
 */
public final class BootstrapBenchmark implements Benchmark {

    private static final int TIMES = 10;
    private static final double WARM = 0.060;
    private static final double COLD = 0.5;

    /** Creates the benchmark. */
    public BootstrapBenchmark() {}

    /** What one bootstrap took in all, in it the cloud, logins and the machine, and one more login after it; in seconds. */
    private record Outcome(double bootstrap, double cloud, double logins, double machine, double login) {

        /** Everything that neither the cloud nor the machine had to do; of the logins, all but one. */
        double own() {
            return Math.max(0, bootstrap - cloud - machine - Math.max(logins, login)) + login;
        }
    }

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        int rounds = options.rounds(3);
        List<Outcome> warm = new ArrayList<>();
        List<Outcome> first = new ArrayList<>();
        List<Outcome> tenth = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            warm.add(last(measure("0ms", "0ms")));
            List<Outcome> slowly = measure("20ms", "2s");
            first.add(slowly.get(0));
            tenth.add(last(slowly));
        }
        Table table = new Table(
                "bootstrap, best of " + rounds,
                "ms",
                "cloud, ms",
                "logins, ms",
                "machine, ms",
                "rest, ms",
                "one more login, ms");
        row(table, "tenth, of a cloud that answers at once", warm);
        row(table, "first, of one whose machines take 2 s", first);
        row(table, "tenth, of one whose machines take 2 s", tenth);
        out.println(table);
        Outcome best = best(warm);
        out.println(new Target("warm, our own with the second login, ms", best.own() * 1e3, WARM * 1e3));
        out.println(new Target(
                "cold, more than warm, ms", (best(first).bootstrap - best(tenth).bootstrap) * 1e3, COLD * 1e3));
    }

    private static void row(Table table, String name, List<Outcome> outcomes) {
        Outcome best = best(outcomes);
        double rest = best.bootstrap - best.cloud - best.logins - best.machine;
        table.row(
                name,
                Table.number(best.bootstrap * 1e3, 0),
                Table.number(best.cloud * 1e3, 0),
                Table.number(best.logins * 1e3, 0),
                Table.number(best.machine * 1e3, 0),
                Table.number(rest * 1e3, 0),
                Table.number(best.login * 1e3, 0));
    }

    private static Outcome best(List<Outcome> outcomes) {
        return outcomes.stream()
                .min(Comparator.comparingDouble(Outcome::bootstrap))
                .orElseThrow();
    }

    private static Outcome last(List<Outcome> outcomes) {
        return outcomes.get(outcomes.size() - 1);
    }

    private static List<Outcome> measure(String latency, String bootDelay) throws Exception {
        Path directory = Files.createTempDirectory("foothold-bench-");
        try (CloudProcess cloud = CloudProcess.start(
                directory.resolve("cloud"),
                "--zones",
                "a",
                "--latency",
                latency,
                "--boot-delay",
                bootDelay,
                "--until-stdin-closes")) {
            Process client = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path")
                                    + File.pathSeparator
                                    + System.getProperty("jdk.module.path", ""),
                            Client.class.getName(),
                            directory.resolve("state").toString(),
                            cloud.url().toString(),
                            cloud.token(),
                            Integer.toString(TIMES))
                    .redirectError(directory.resolve("client.log").toFile())
                    .start();
            List<Outcome> outcomes = new ArrayList<>();
            for (String line : client.inputReader().lines().toList()) {
                String[] words = line.split(" ");
                outcomes.add(new Outcome(
                        Double.parseDouble(words[0]),
                        Double.parseDouble(words[1]),
                        Double.parseDouble(words[2]),
                        Double.parseDouble(words[3]),
                        Double.parseDouble(words[4])));
            }
            if (client.waitFor() != 0 || outcomes.size() != TIMES) {
                throw new IOException("a bootstrap has failed: " + Files.readString(directory.resolve("client.log")));
            }
            return outcomes;
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
