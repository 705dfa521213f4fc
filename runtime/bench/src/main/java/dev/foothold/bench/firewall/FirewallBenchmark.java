package dev.foothold.bench.firewall;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import dev.foothold.firewall.FirewallResult;
import dev.foothold.firewall.FirewallRules;
import dev.foothold.firewall.SshInstanceConfigurator;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.Cidr;
import dev.foothold.network.IngressRule;
import dev.foothold.network.IngressRules;
import dev.foothold.network.PortRange;
import dev.foothold.ssh.HostSshOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures a change of many rules for IPv4 and as many for IPv6, beside what the machine's tool needs for the same file, and
 * how long it takes to read them back.
 */
public final class FirewallBenchmark implements Benchmark {

    private static final int RULES = 1_000;
    private static final int ROUNDS = 7;

    /** Somebody else's rule, so that iptables is what rules are made with. */
    private static final String IPTABLES = "for t in iptables ip6tables; do $t -A INPUT -p tcp --dport 7 -j DROP; done";

    /** Creates the benchmark. */
    public FirewallBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        int rules = options.trials(RULES);
        Table table = new Table(
                rules + " rules × 2 families, ms",
                "rules alone",
                "in a change",
                "whole change",
                "reading",
                "commands",
                "handshakes");
        List<Target> targets = new ArrayList<>();
        for (String tool : List.of("nft", "iptables")) {
            if (options.only().isEmpty() || options.only().contains(tool)) {
                measure(tool, rules, options.rounds(ROUNDS), table, targets);
            }
        }
        out.println(table);
        targets.forEach(out::println);
    }

    private static void measure(String tool, int count, int rounds, Table table, List<Target> targets)
            throws Exception {
        CountedConnector connector = new CountedConnector(new SshjConnector());
        double alone = Double.POSITIVE_INFINITY;
        double within = Double.POSITIVE_INFINITY;
        double whole = Double.POSITIVE_INFINITY;
        double reading = Double.POSITIVE_INFINITY;
        int commands = 0;
        int handshakes = 0;
        try (WalledServer server = WalledServer.start();
                SshInstanceConfigurator configurator = SshInstanceConfigurator.of(
                        server.address(), HostSshOptions.always(server.login()), connector)) {
            server.run(tool.equals("nft") ? "" : IPTABLES);
            PortRange ssh = PortRange.tcp(server.address().sshPort());
            for (int round = 0; round <= rounds; round++) {
                IngressRules ingress = rules(count, 1 + round % 2);
                connector.reset();
                long start = System.nanoTime();
                FirewallResult result = configurator.apply(configurator.plan(now ->
                        FirewallRules.none().dropAll(List.of(ssh.from()), null).open(ingress, null)));
                double took = millis(System.nanoTime() - start);
                int asked = connector.commands();
                int connected = connector.handshakes();
                start = System.nanoTime();
                int read = configurator.findIngressRules().asList().size();
                double readIn = millis(System.nanoTime() - start);
                if (read != count) {
                    throw new IOException("Of " + count + " rules " + read + " are there.");
                }
                double bare = bare(server, tool);
                if (round > 0) { // the first one has the classes loaded, and opens the connection
                    alone = Math.min(alone, bare);
                    within = Math.min(within, millis(result.took().toNanos()));
                    whole = Math.min(whole, took);
                    reading = Math.min(reading, readIn);
                    commands = Math.max(commands, asked);
                    handshakes = Math.max(handshakes, connected);
                }
            }
        }
        table.row(
                tool,
                Table.number(alone, 0),
                Table.number(within, 0),
                Table.number(whole, 0),
                Table.number(reading, 0),
                Integer.toString(commands),
                Integer.toString(handshakes));
        targets.add(new Target(tool + ": rules in a change / alone", within / alone, 1.2));
        targets.add(new Target(tool + ": commands of a whole change", commands, 4));
        targets.add(new Target(tool + ": handshakes of a whole change", handshakes, 1));
        targets.add(new Target(tool + ": reading, ms", reading, 300));
    }

    /** Has the tool do the same once more, as whoever sits at the machine would. */
    private static double bare(WalledServer server, String tool) throws IOException, InterruptedException {
        String file = tool.equals("nft")
                ? "{ echo add table inet foothold; echo delete table inet foothold; nft list table inet foothold; } > /run/v4"
                : "for v in '' 6; do { echo '*filter'; echo ':FOOTHOLD - [0:0]'; ip${v}tables-save -t filter |"
                        + " grep '^-A FOOTHOLD'; echo COMMIT; } > /run/v${v:-4}; done";
        String load = tool.equals("nft")
                ? "nft -f /run/v4"
                : "iptables-restore --noflush < /run/v4; ip6tables-restore --noflush < /run/v6";
        String nanos = server.run(file + "; t=$(date +%s%N); " + load + "; echo $(($(date +%s%N) - t))");
        return millis(Long.parseLong(nanos.strip()));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static IngressRules rules(int count, int set) {
        return IngressRules.of(IntStream.range(0, count)
                .mapToObj(i -> IngressRule.of(
                        PortRange.tcp(10_000 * set + i),
                        Cidr.parse("10." + i / 256 % 256 + "." + i % 256 + ".0/24"),
                        Cidr.parse("fd00:" + Integer.toHexString(i % 65_536) + "::/32")))
                .toList());
    }
}
