package dev.foothold.bench.reach;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Cost;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures the same script on many machines, at most fifty at a time. */
public final class ManyBenchmark implements Benchmark {

    static final String CURVE = "xargs ssh, curve25519";

    /** What a client has cost that does not answer any more. */
    static final Cost FAILED = new Cost(Double.NaN, Double.NaN);

    private static final int ROUNDS = 7;

    /** What takes much longer is not run in all rounds. */
    private static final int FEWER_ROUNDS = 2;

    private static final int WARM_UPS = 12;
    private static final int AT_A_TIME = 50;
    private static final int LONGEST_REASON = 200;

    /** Creates the benchmark. */
    public ManyBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        Debian.install(out, "ssh", "/usr/sbin/sshd", "clush", "parallel-ssh", "ansible");
        List<Integer> sizes = options.sizes(50, 200);
        int most = sizes.get(sizes.size() - 1);
        int rounds = options.rounds(ROUNDS);
        try (Fleet fleet = Fleet.of(most);
                Worker ours = Clients.foothold(options, fleet.place());
                Worker sshj = Clients.sshj(options, fleet.place());
                Worker jclouds = isAskedFor(Jclouds.NAME, options.only()) ? Jclouds.start(options, fleet, out) : null) {
            fleet.startAll(most);
            List<Worker> workers = new ArrayList<>(List.of(ours, sshj));
            if (jclouds != null) {
                workers.add(jclouds);
            }
            for (int i = 0; i < Math.min(WARM_UPS, rounds * 3); i++) {
                for (Worker worker : List.copyOf(workers)) {
                    reach(sizes.get(0), worker, workers, out);
                }
            }
            List<Target> targets = new ArrayList<>();
            for (int machines : sizes) {
                List<Tool> tools = tools(fleet, machines, options.only(), out);
                Map<String, Measurement> measured = measure(machines, rounds, workers, tools, out);
                out.println(table(machines, measured));
                targets.addAll(targets(machines, measured));
            }
            Table memory = new Table("peak of memory", "MB");
            for (Worker worker : workers) {
                memory.row(worker.name(), Table.number(worker.peakMegabytes(), 0));
            }
            out.println(memory);
            targets.add(
                    new Target("Foothold / sshj, peak of memory", ours.peakMegabytes() / sshj.peakMegabytes(), 1.1));
            targets.forEach(out::println);
        }
    }

    private static Map<String, Measurement> measure(
            int machines, int rounds, List<Worker> workers, List<Tool> tools, PrintStream out) throws Exception {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            // In turns, as the first finds another machine than the last has left.
            List<Worker> order = new ArrayList<>(workers);
            Collections.rotate(order, -round);
            for (Worker worker : order) {
                List<Cost> each = costs.computeIfAbsent(worker.name(), name -> new ArrayList<>());
                Cost cost = reach(machines, worker, workers, out);
                if (cost.equals(FAILED)) {
                    each.clear();
                }
                each.add(cost);
            }
            for (Tool tool : tools) {
                if (round < FEWER_ROUNDS || tool.name().equals(CURVE)) {
                    costs.computeIfAbsent(tool.name(), name -> new ArrayList<>())
                            .add(Cost.of(tool));
                    tool.requireReached(machines);
                }
            }
        }
        Map<String, Measurement> measured = new LinkedHashMap<>();
        costs.forEach((name, each) -> measured.put(name, Measurement.of(each)));
        return measured;
    }

    /**
     * Has machines reached. The peer that hangs, or trips over itself, has no figures, however fast it was before, and is
     * not asked again.
     */
    private static Cost reach(int machines, Worker worker, List<Worker> workers, PrintStream out) throws IOException {
        try {
            return worker.cost(question(machines));
        } catch (IOException e) {
            if (!worker.name().equals(Jclouds.NAME)) {
                throw e;
            }
            String reason = String.valueOf(e.getMessage());
            out.println(reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
            workers.remove(worker);
            return FAILED;
        }
    }

    static Table table(int machines, Map<String, Measurement> measured) {
        Table table = new Table(machines + " machines", "s", "median", "max", "client CPU s", "CPU ms per machine");
        measured.forEach((name, each) -> table.row(
                name,
                Double.isNaN(each.min()) ? "failed" : Table.number(each.min(), 2),
                Table.number(each.median(), 2),
                Table.number(each.max(), 2),
                Table.number(each.cpu(), 2),
                Table.number(each.cpu() * 1e3 / machines, 1)));
        return table;
    }

    private static List<Target> targets(int machines, Map<String, Measurement> measured) {
        Measurement ours = measured.get(Clients.OURS);
        Measurement sshj = measured.get(Clients.SSHJ);
        Measurement curve = measured.get(CURVE);
        String which = machines + " machines: Foothold / ";
        return List.of(
                new Target(which + Clients.SSHJ, ours.min() / sshj.min(), 1.05),
                new Target(which + CURVE, ours.min() / curve.min(), 0.85),
                new Target(which + CURVE + ", client CPU", ours.cpu() / curve.cpu(), 0.55));
    }

    private static String question(int machines) {
        return "many " + machines + " " + AT_A_TIME;
    }

    private static List<Tool> tools(Fleet fleet, int machines, Set<String> only, PrintStream out) throws IOException {
        Path usual = fleet.clientConfig("default");
        Path curve = fleet.clientConfig("curve25519", "KexAlgorithms curve25519-sha256");
        String hosts = fleet.place().hosts(machines).toString();
        String some = String.valueOf(AT_A_TIME);
        Path log = fleet.place().directory().resolve("log");
        List<Tool> all = new ArrayList<>(List.of(
                tool(CURVE, log, xargs(hosts, curve)),
                tool("xargs ssh", log, xargs(hosts, usual)),
                tool("clush", log, clush(hosts, usual)),
                tool("clush, curve25519", log, clush(hosts, curve)),
                tool("parallel-ssh", log, pssh(hosts, usual)),
                tool("parallel-ssh, curve25519", log, pssh(hosts, curve)),
                Ansible.tool(
                        "ansible raw", usual, log, "all", "-i", hosts, "-f", some, "-m", "raw", "-a", Place.SCRIPT),
                Ansible.tool(
                        "ansible raw, curve25519",
                        curve,
                        log,
                        "all",
                        "-i",
                        hosts,
                        "-f",
                        some,
                        "-m",
                        "raw",
                        "-a",
                        Place.SCRIPT)));
        all.removeIf(tool -> !tool.name().equals(CURVE) && !isAskedFor(tool.name(), only));
        for (Tool tool : List.copyOf(all)) {
            if (!Tool.isThere(tool.command().get(0))) {
                out.println("There is no row for " + tool.name() + ": it is not installed.");
                all.remove(tool);
            }
        }
        return all;
    }

    private static boolean isAskedFor(String name, Set<String> only) {
        return only.isEmpty() || only.contains(name);
    }

    private static Tool tool(String name, Path log, List<String> command) {
        return new Tool(name, command, Map.of(), log);
    }

    private static List<String> xargs(String hosts, Path config) {
        return List.of(
                "xargs", "-P" + AT_A_TIME, "-a", hosts, "-I{}", "ssh", "-F", config.toString(), "{}", Place.SCRIPT);
    }

    private static List<String> clush(String hosts, Path config) {
        return List.of(
                "clush",
                "--hostfile=" + hosts,
                "-f",
                String.valueOf(AT_A_TIME),
                "-l",
                Place.USER,
                "-o",
                "-F " + config,
                Place.SCRIPT);
    }

    private static List<String> pssh(String hosts, Path config) {
        return List.of(
                "parallel-ssh", "-h", hosts, "-p", String.valueOf(AT_A_TIME), "-i", "-x", "-F " + config, Place.SCRIPT);
    }
}
