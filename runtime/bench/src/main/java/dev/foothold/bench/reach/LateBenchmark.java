package dev.foothold.bench.reach;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long after a machine's port has begun to listen a client that waits for the machine knows that it is
 * there: logged in, and its nonce seen where the client can ask for one.
 */
public final class LateBenchmark implements Benchmark {

    private static final int TRIALS = 100;

    /** The others take much longer, and vary as little as their pauses do. */
    private static final int FEWER = 5;

    private static final int WARM_UPS = 60;
    private static final int WARMERS = 4;
    private static final int LONGEST_BOOT_MILLIS = 3_000;

    /** How long ansible takes until it tries for the first time. */
    private static final int ANSIBLE_HEAD_MILLIS = 2_000;

    private static final int JVM_HEAD_MILLIS = 20;

    /** Creates the benchmark. */
    public LateBenchmark() {}

    /** Waits for a machine. */
    private interface Waiter {

        /** Begins; the machine is not there yet. */
        void begin() throws IOException;

        /** Gives the moment when it knew that the machine is there. */
        long end() throws IOException, InterruptedException;

        /** How long after the beginning a machine may come at the earliest. */
        int headMillis();
    }

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        Debian.install(out, "ssh", "/usr/sbin/sshd", "ansible");
        int trials = options.trials(TRIALS);
        try (Fleet fleet = Fleet.of(WARMERS);
                Worker ours = Clients.foothold(options, fleet.place());
                Worker jclouds = Jclouds.start(options, fleet, out)) {
            Map<String, Waiter> waiters = new LinkedHashMap<>();
            waiters.put(Clients.OURS, waiter(ours));
            Path config = fleet.clientConfig("default");
            waiters.put("until ssh, 1 s", waiter(until(fleet, config, 1)));
            waiters.put("until ssh, 5 s", waiter(until(fleet, config, 5)));
            if (Tool.isThere("ansible")) {
                waiters.put("ansible wait_for_connection", waiter(ansible(fleet, config)));
            } else {
                out.println("There is no row for ansible: it is not installed.");
            }
            List<Worker> workers = new ArrayList<>(List.of(ours));
            if (jclouds != null) {
                waiters.put(jclouds.name(), waiter(jclouds));
                workers.add(jclouds);
            }
            warmUp(fleet, workers, Math.min(WARM_UPS, trials * 10));
            Random random = new Random(trials);
            Map<String, List<Double>> late = new LinkedHashMap<>();
            waiters.keySet().forEach(name -> late.put(name, new ArrayList<>()));
            for (int trial = 0; trial < trials; trial++) {
                for (Map.Entry<String, Waiter> waiter : waiters.entrySet()) {
                    if (trial % FEWER == 0 || waiter.getKey().equals(Clients.OURS)) {
                        int boot = random.nextInt(LONGEST_BOOT_MILLIS);
                        late.get(waiter.getKey()).add(lateness(fleet, waiter.getValue(), boot));
                    }
                }
            }
            report(late, out);
        }
    }

    private static void warmUp(Fleet fleet, List<Worker> workers, int times) throws IOException, InterruptedException {
        fleet.startAll(WARMERS);
        for (int i = 0; i < times; i++) {
            for (Worker worker : workers) {
                worker.ask("many " + WARMERS + " " + WARMERS);
                if (i % 2 == 0) {
                    worker.ask("await " + Place.host(0) + ":" + Place.PORT);
                }
            }
        }
        for (int machine = 0; machine < WARMERS; machine++) {
            fleet.stop(machine);
        }
    }

    private static double lateness(Fleet fleet, Waiter waiter, int boot) throws IOException, InterruptedException {
        waiter.begin();
        Thread.sleep(waiter.headMillis() + boot);
        long listening = fleet.start(0);
        try {
            return (waiter.end() - listening) / 1e9;
        } finally {
            fleet.stop(0);
        }
    }

    private static void report(Map<String, List<Double>> late, PrintStream out) {
        Table table = new Table("from listening to known", "trials", "mean ms", "p95 ms", "max ms");
        late.forEach((name, seconds) -> {
            Lateness each = Lateness.of(seconds);
            table.row(
                    name,
                    String.valueOf(each.trials()),
                    Table.number(each.mean() * 1e3, 0),
                    Table.number(each.p95() * 1e3, 0),
                    Table.number(each.max() * 1e3, 0));
        });
        out.println(table);
        Lateness ours = Lateness.of(late.get(Clients.OURS));
        out.println(new Target("Foothold, mean ms", ours.mean() * 1e3, 100));
        out.println(new Target("Foothold, p95 ms", ours.p95() * 1e3, 150));
    }

    private static Waiter waiter(Worker worker) {
        String question = "await " + Place.host(0) + ":" + Place.PORT;
        return new Waiter() {
            @Override
            public void begin() throws IOException {
                worker.send(question);
            }

            @Override
            public long end() throws IOException {
                worker.answer(question);
                return System.nanoTime();
            }

            @Override
            public int headMillis() {
                return JVM_HEAD_MILLIS;
            }
        };
    }

    private static Waiter waiter(Tool tool) {
        return new Waiter() {
            private @Nullable Process process;

            @Override
            public void begin() throws IOException {
                process = tool.start();
            }

            @Override
            public long end() throws IOException, InterruptedException {
                try {
                    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
                    long now = System.nanoTime();
                    if (!ended || process.exitValue() != 0) {
                        throw new IOException(tool.name() + " did not find the machine:\n" + tool.said());
                    }
                    return now;
                } finally {
                    Tool.end(process);
                }
            }

            @Override
            public int headMillis() {
                return tool.name().startsWith("ansible") ? ANSIBLE_HEAD_MILLIS : JVM_HEAD_MILLIS;
            }
        };
    }

    private static Tool until(Fleet fleet, Path config, int pause) {
        return new Tool(
                "until ssh",
                List.of(
                        "/bin/sh",
                        "-c",
                        "until ssh -F \"$1\" \"$2\" \"$3\"; do sleep " + pause + "; done",
                        "until",
                        config.toString(),
                        Place.host(0),
                        Fleet.nonceScript()),
                Map.of(),
                fleet.place().directory().resolve("log"));
    }

    private static Tool ansible(Fleet fleet, Path config) throws IOException {
        return Ansible.tool(
                "ansible",
                config,
                fleet.place().directory().resolve("log"),
                "all",
                "-i",
                Place.host(0) + ",",
                "-m",
                "wait_for_connection");
    }
}
