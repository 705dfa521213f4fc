package dev.foothold.bench.reach;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The other side of {@link Worker}: reads questions from standard input until it ends, and answers each. */
final class Answers {

    static final String DONE = "#done ";
    static final String FAILED = "#failed ";

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Answers() {}

    /** A client that is measured. */
    interface Client {

        /** Logs in to a machine, runs the script there and closes the connection. */
        void reach(int machine) throws Exception;

        /** Does so with the first machines, some at a time; all or none. */
        void reachAll(int machines, int atATime) throws Exception;

        /** Waits for a machine that has some addresses until it has proved itself, and closes the connection. */
        default void await(String... addresses) throws Exception {
            throw new UnsupportedOperationException("cannot wait");
        }
    }

    /** Serves until the input ends. */
    static void serve(Client client) throws IOException {
        PrintStream out = System.out;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                try {
                    out.println(DONE + answer(client, line.split(" ")));
                } catch (Exception e) {
                    out.println(FAILED + String.valueOf(e).replace('\n', ' '));
                }
                out.flush();
            }
        }
    }

    private static String answer(Client client, String[] words) throws Exception {
        switch (words[0]) {
            case "one" -> {
                return one(client, Integer.parseInt(words[1]));
            }
            case "many" -> {
                long worked = SYSTEM.getProcessCpuTime();
                long start = System.nanoTime();
                client.reachAll(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                long end = System.nanoTime();
                return (end - start) / 1e9 + " " + (SYSTEM.getProcessCpuTime() - worked) / 1e9;
            }
            case "await" -> {
                long start = System.nanoTime();
                client.await(Arrays.copyOfRange(words, 1, words.length));
                return (System.nanoTime() - start) / 1e9 + " " + Double.NaN;
            }
            case "peak" -> {
                return String.valueOf(peak());
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Reaches the first machine several times; the median time of one, and the mean of what processors worked. */
    private static String one(Client client, int times) throws Exception {
        double[] walls = new double[times];
        long worked = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            client.reach(0);
            walls[i] = (System.nanoTime() - start) / 1e9;
        }
        double cpu = (SYSTEM.getProcessCpuTime() - worked) / 1e9 / times;
        Arrays.sort(walls);
        return walls[times / 2] + " " + cpu;
    }

    private static double peak() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Double.parseDouble(line.replaceAll("\\D", "")) / 1000;
            }
        }
        return Double.NaN;
    }
}
