package dev.foothold.bench.script;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Measures a script's output, and an upload with unpacking. */
public final class ScriptBenchmark implements Benchmark {

    private static final int ARCHIVE = 64 * 1024 * 1024;
    private static final int FILES = 16;
    private static final double MOST = 1 / 0.9;
    private static final double MOST_REDACTED = 1 / 0.75;

    /** Creates the benchmark. */
    public ScriptBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/sbin/sshd")) || !"root".equals(System.getProperty("user.name"))) {
            throw new IOException("This takes Debian's openssh-server and openssh-client, and root.");
        }
        int rounds = options.rounds(5);
        Path directory = Files.createTempDirectory("foothold-bench-");
        List<Worker> workers = new ArrayList<>();
        try (Server server = Server.start(directory)) {
            for (String name : List.of(Worker.DETACHED, Worker.REDACTED, Worker.COMMAND, Worker.SSHJ, Worker.OPENSSH)) {
                workers.add(Worker.start(name, server.place()));
            }
            stream(rounds, workers, out);
            Path archive = archive(directory);
            Set<String> done = Set.of(Worker.COMMAND, Worker.REDACTED);
            workers.stream().filter(worker -> done.contains(worker.name())).forEach(ScriptBenchmark::close);
            workers.removeIf(worker -> done.contains(worker.name()));
            upload(rounds, workers, archive, directory, out);
        } finally {
            workers.forEach(ScriptBenchmark::close);
            delete(directory);
        }
    }

    /** Asks for one run, given the number of the round. */
    private interface Question {
        Outcome ask(Worker worker, int round) throws Exception;
    }

    /** Asks all in turns, a different one first each time; the first round is not counted. */
    private static Map<String, Outcome> measure(int rounds, List<Worker> workers, Question question) throws Exception {
        Map<String, Outcome> least = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            List<Worker> order = new ArrayList<>(workers);
            Collections.rotate(order, -round);
            for (Worker worker : order) {
                Outcome outcome = question.ask(worker, round);
                if (round > 0) {
                    least.merge(worker.name(), outcome, Outcome::least);
                }
            }
        }
        return least;
    }

    private static void stream(int rounds, List<Worker> workers, PrintStream out) throws Exception {
        Map<String, Outcome> least = measure(rounds, workers, (worker, round) -> worker.ask("stream"));
        Table table = new Table("100 MB of script output", "s", "MB/s", "first byte, ms", "peak heap, MB");
        workers.forEach(worker -> {
            Outcome outcome = least.get(worker.name());
            table.row(
                    worker.name(),
                    Table.number(outcome.seconds(), 2),
                    Table.number(Contender.OUTPUT / 1e6 / outcome.seconds(), 0),
                    Table.number(outcome.firstByte() * 1000, 0),
                    worker.name().equals(Worker.OPENSSH) ? "–" : Table.number(outcome.heap(), 0));
        });
        out.println(table);
        for (String ours : List.of(Worker.COMMAND, Worker.DETACHED)) {
            out.println(new Target(
                    "time: " + ours + " / sshj",
                    least.get(ours).seconds() / least.get(Worker.SSHJ).seconds(),
                    MOST));
        }
        out.println(new Target(
                "time: " + Worker.REDACTED + " / " + Worker.DETACHED,
                least.get(Worker.REDACTED).seconds()
                        / least.get(Worker.DETACHED).seconds(),
                MOST_REDACTED));
        out.println();
    }

    private static void upload(int rounds, List<Worker> workers, Path archive, Path directory, PrintStream out)
            throws Exception {
        Map<String, Outcome> least = measure(rounds, workers, (worker, round) -> {
            Path place = Files.createDirectory(
                    directory.resolve("unpacked-" + worker.name().replaceAll("\\W+", "-") + "-" + round));
            Outcome outcome = worker.ask("upload " + archive + " " + place);
            try (Stream<Path> files = Files.list(place)) {
                if (files.count() != FILES) {
                    throw new IOException(worker.name() + " has not unpacked everything.");
                }
            }
            delete(place);
            return outcome;
        });
        Table table = new Table("64 MB uploaded and unpacked", "s", "MB/s", "peak heap, MB");
        workers.forEach(worker -> {
            Outcome outcome = least.get(worker.name());
            table.row(
                    worker.name(),
                    Table.number(outcome.seconds(), 2),
                    Table.number(ARCHIVE / 1e6 / outcome.seconds(), 0),
                    worker.name().equals(Worker.OPENSSH) ? "–" : Table.number(outcome.heap(), 0));
        });
        out.println(table);
        out.println(new Target(
                "time: " + Worker.DETACHED + " / sshj",
                least.get(Worker.DETACHED).seconds() / least.get(Worker.SSHJ).seconds(),
                MOST));
    }

    /** Makes an archive of files that cannot be made smaller. */
    private static Path archive(Path directory) throws IOException, InterruptedException {
        Path content = Files.createDirectory(directory.resolve("content"));
        Random random = new Random(1);
        byte[] bytes = new byte[ARCHIVE / FILES];
        for (int file = 0; file < FILES; file++) {
            random.nextBytes(bytes);
            try (OutputStream out = Files.newOutputStream(content.resolve("file-" + file))) {
                out.write(bytes);
            }
        }
        Path archive = directory.resolve("archive.tar");
        Server.run(List.of("tar", "-cf", archive.toString(), "-C", content.toString(), "."));
        return archive;
    }

    private static void close(Worker worker) {
        try {
            worker.close();
        } catch (IOException e) {
            // The process is gone, which is what was wanted.
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(directory)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
