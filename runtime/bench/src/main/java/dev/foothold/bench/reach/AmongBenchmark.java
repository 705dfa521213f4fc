package dev.foothold.bench.reach;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Cost;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long it takes to be let in at, and get the proof from, the one address of a machine that is good, when
 * others are refused, swallow what is sent to them, or belong to another machine. The floor is the good one alone.
 */
public final class AmongBenchmark implements Benchmark {

    private static final int ROUNDS = 40;
    private static final int WARM_UPS = 100;

    /** The good one, and those that show another host key. */
    private static final int MACHINES = 3;

    /** Creates the benchmark. */
    public AmongBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        Debian.install(out, "/usr/sbin/sshd");
        int rounds = options.rounds(ROUNDS);
        try (Fleet fleet = Fleet.of(MACHINES);
                BlackHole one = new BlackHole(Place.host(MACHINES));
                BlackHole other = new BlackHole(Place.host(MACHINES + 1));
                Worker ours = Clients.foothold(options, fleet.place())) {
            fleet.startAll(MACHINES);
            String good = Place.host(0) + ":" + Place.PORT;
            String alone = "await " + good;
            // The good one is the last, and of those whose port is closed nobody has ever heard.
            String among = String.join(
                    " ",
                    "await",
                    one.address(),
                    Place.host(MACHINES + 2) + ":" + Place.PORT,
                    Place.host(1) + ":" + Place.PORT,
                    other.address(),
                    Place.host(MACHINES + 3) + ":" + Place.PORT,
                    Place.host(2) + ":" + Place.PORT,
                    good);
            for (int i = 0; i < Math.min(WARM_UPS, rounds * 5); i++) {
                ours.ask(i % 2 == 0 ? alone : among);
            }
            List<Cost> floor = new ArrayList<>();
            List<Cost> measured = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                floor.add(ours.cost(alone));
                measured.add(ours.cost(among));
            }
            report(Measurement.of(floor), Measurement.of(measured), out);
        }
    }

    private static void report(Measurement alone, Measurement among, PrintStream out) {
        Table table = new Table("until a machine has proved itself", "ms", "median", "max");
        row(table, "the good address alone", alone);
        row(table, "among two refused, two black holes, two with another key", among);
        out.println(table);
        out.println(new Target("among others / alone", among.min() / alone.min(), 1.2));
        out.println(new Target("among others / alone, median", among.median() / alone.median(), 1.2));
    }

    private static void row(Table table, String name, Measurement each) {
        table.row(
                name,
                Table.number(each.min() * 1e3, 1),
                Table.number(each.median() * 1e3, 1),
                Table.number(each.max() * 1e3, 1));
    }
}
