package dev.foothold.bench.store;

import dev.foothold.bench.Trial;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Some contenders that count one number up together: threads of one process that is not this one, or processes.
 *
 * <p>What is measured is the time from the word to go until the last one is done. A number that is not the sum of all
 * increments then is no result, but a failure.
 */
final class Contenders implements Trial {

    static final String FOOTHOLD = "Foothold";
    static final String BARE = "bare loop";

    /** After so many the compiler has done what matters beside a disk. */
    private static final int WARM = 200;

    private final String whose;
    private final int processes;
    private final int threads;
    private final int each;
    private final Path parent;
    private final List<Process> running = new ArrayList<>();

    private Path directory = Path.of("");

    /**
     * Describes contenders.
     *
     * @param whose {@link #FOOTHOLD} or {@link #BARE}
     * @param processes how many
     * @param threads how many in each
     * @param each how often each thread counts up
     * @param parent where directories for the number are made, on the file system that is measured
     */
    Contenders(String whose, int processes, int threads, int each, Path parent) {
        this.whose = whose;
        this.processes = processes;
        this.threads = threads;
        this.each = each;
        this.parent = parent;
    }

    @Override
    public String name() {
        return whose;
    }

    /** How many increments there are in all. */
    int increments() {
        return processes * threads * each;
    }

    @Override
    public void prepare() throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(parent), "store-");
        for (int i = 0; i < processes; i++) {
            running.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path")
                                    + File.pathSeparator
                                    + System.getProperty("jdk.module.path", ""),
                            Contenders.class.getName(),
                            whose,
                            directory.resolve("warm-" + i).toString(),
                            directory.resolve("number").toString(),
                            Integer.toString(threads),
                            Integer.toString(each))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        expect("ready");
    }

    @Override
    public void run() throws IOException {
        for (Process process : running) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        expect("done");
    }

    /**
     * Ends the processes, removes the directory and looks at the number.
     *
     * @return how many increments were lost
     */
    long finish() throws IOException, InterruptedException {
        for (Process process : running) {
            process.getOutputStream().close();
            process.waitFor();
        }
        running.clear();
        long lost = increments() - counter(whose, directory.resolve("number")).read();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return lost;
    }

    private void expect(String word) throws IOException {
        for (Process process : running) {
            BufferedReader answers = process.inputReader();
            String answer = answers.readLine();
            if (!word.equals(answer)) {
                throw new IOException("A contender of " + whose + " said " + answer + " instead of " + word + ".");
            }
        }
    }

    private static Counter counter(String whose, Path directory) throws IOException {
        return whose.equals(FOOTHOLD) ? new FootholdCounter(directory) : new BareCounter(directory);
    }

    /**
     * Is a process of contenders.
     *
     * @param args whose, where to get warm, where to count, how many threads and how often each counts
     * @throws Exception if it cannot
     */
    public static void main(String[] args) throws Exception {
        Counter warm = counter(args[0], Path.of(args[1]));
        int threads = Integer.parseInt(args[3]);
        int each = Integer.parseInt(args[4]);
        for (int i = 0; i < Math.min(WARM, threads * each); i++) {
            warm.increment();
        }
        List<Counter> counters = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            counters.add(counter(args[0], Path.of(args[2])));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> contenders = new ArrayList<>();
        for (Counter counter : counters) {
            contenders.add(pool.submit(() -> {
                go.await();
                for (int i = 0; i < each; i++) {
                    counter.increment();
                }
                return counter;
            }));
        }
        System.out.println("ready");
        if (System.in.read() >= 0) {
            go.countDown();
            for (Future<?> contender : contenders) {
                contender.get();
            }
            System.out.println("done");
        }
        pool.shutdownNow();
    }
}
