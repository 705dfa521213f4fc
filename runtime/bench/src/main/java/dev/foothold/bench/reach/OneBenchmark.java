package dev.foothold.bench.reach;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Cost;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import dev.foothold.bench.Trial;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures one login and one command, with warm clients in Java and with OpenSSH's. */
public final class OneBenchmark implements Benchmark {

    private static final String DEFAULT = "ssh";
    private static final String CURVE = "ssh, curve25519";

    private static final int ROUNDS = 9;
    private static final int TIMES = 20;

    /** So many machines at a time warm a client up, as one would take too long. */
    private static final int WARMERS = 8;

    /** As often as it takes until the compilers have nothing left to do, which otherwise is half of what is measured. */
    private static final int WARM_UPS = 100;

    /** Creates the benchmark. */
    public OneBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        Debian.install(out, "ssh", "/usr/sbin/sshd");
        int rounds = options.rounds(ROUNDS);
        int times = Math.min(TIMES, rounds * 5);
        try (Fleet fleet = Fleet.of(WARMERS);
                Worker ours = Clients.foothold(options, fleet.place());
                Worker sshj = Clients.sshj(options, fleet.place())) {
            fleet.startAll(WARMERS);
            List<Trial> forked = List.of(
                    ssh(DEFAULT, fleet, fleet.clientConfig("default"), times),
                    ssh(CURVE, fleet, fleet.clientConfig("curve25519", "KexAlgorithms curve25519-sha256"), times));
            for (int i = 0; i < Math.min(WARM_UPS, rounds * 20); i++) {
                for (Worker worker : List.of(ours, sshj)) {
                    worker.ask("many " + WARMERS + " " + WARMERS);
                }
            }
            Map<String, List<Cost>> costs = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (Worker worker : List.of(ours, sshj)) {
                    costs.computeIfAbsent(worker.name(), name -> new ArrayList<>())
                            .add(worker.cost("one " + times));
                }
                for (Trial trial : forked) {
                    Cost all = Cost.of(trial);
                    costs.computeIfAbsent(trial.name(), name -> new ArrayList<>())
                            .add(new Cost(all.wall() / times, all.cpu() / times));
                }
            }
            Map<String, Measurement> measured = new LinkedHashMap<>();
            costs.forEach((name, each) -> measured.put(name, Measurement.of(each)));
            report(measured, out);
        }
    }

    private static Trial ssh(String name, Fleet fleet, Path config, int times) {
        String once = "ssh -F " + config + " " + Place.host(0) + " '" + Place.SCRIPT + "' || exit";
        return new Tool(
                name,
                List.of("/bin/sh", "-c", "for i in $(seq " + times + "); do " + once + "; done"),
                Map.of(),
                fleet.place().directory().resolve("log"));
    }

    static void report(Map<String, Measurement> measured, PrintStream out) {
        Table table = new Table("one login and command", "ms", "median", "max", "client CPU ms");
        measured.forEach((name, each) ->
                table.row(name, millis(each.min()), millis(each.median()), millis(each.max()), millis(each.cpu())));
        out.println(table);
        Measurement ours = measured.get(Clients.OURS);
        out.println(new Target("Foothold, ms", ours.min() * 1e3, 45));
        out.println(new Target("Foothold, client CPU ms", ours.cpu() * 1e3, 5.5));
    }

    private static String millis(double seconds) {
        return Table.number(seconds * 1e3, 1);
    }
}
