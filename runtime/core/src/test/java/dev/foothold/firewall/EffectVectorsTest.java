package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.firewall.NamespaceMachine.Packet;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.IngressRule;
import dev.foothold.network.IngressRules;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import dev.foothold.network.VectorRules;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded command lines against ours, by what they do: theirs run on one machine, ours on another, and the same packets
 * must get through. Behind a rule that opens something everything is closed, or nobody would notice it.
 */
@Tag("namespaces")
class EffectVectorsTest {

    private static final String DROP_ALL =
            "iptables -I INPUT -m state --state NEW -j DROP -m comment --comment 'juju internal'";

    @TempDir
    static Path directory;

    private static NamespaceMachine theirs;
    private static NamespaceMachine ours;
    private static SshInstanceConfigurator configurator;

    @BeforeAll
    static void start() throws Exception {
        theirs = NamespaceMachine.start(Files.createDirectory(directory.resolve("theirs")));
        ours = NamespaceMachine.start(Files.createDirectory(directory.resolve("ours")));
        for (NamespaceMachine machine : List.of(theirs, ours)) {
            machine.listen(22, 53, 54, 80, 81, 82, 99, 100, 150, 200, 201, 6000, 6001, 6007, 6008, 17070);
        }
        configurator = SshInstanceConfigurator.of(
                        ours.address(), HostSshOptions.always(ours.login()), new SshjConnector())
                .allowingLockOut();
    }

    @AfterAll
    static void stop() throws IOException {
        if (configurator != null) {
            configurator.close();
        }
        for (NamespaceMachine machine : new NamespaceMachine[] {theirs, ours}) {
            if (machine != null) {
                machine.close();
            }
        }
    }

    @TestFactory
    @Tag("D-35")
    @Tag("D-37")
    Stream<DynamicTest> rendered() {
        return Vectors.file("iptables_render").tests(EffectVectorsTest::checkRendered);
    }

    private static void checkRendered(VectorCase vector) throws Exception {
        String command = vector.get("command").asText();
        if (command.equals("ingress")) {
            checkIngress(vector);
            return;
        }
        Cidr address = address(vector);
        if (command.equals("drop")) {
            String at = vector.get("interface").asText();
            compare(
                    vector,
                    List.of(vector.expect("text").asText()),
                    now -> now.closeAll(new Closing(address, at.isEmpty() ? null : at)));
            return;
        }
        int port = vector.get("port").asInt();
        String protocol = vector.get("protocol").asText();
        if (vector.get("expect").path("refused").asBoolean()) {
            assertThatThrownBy(() -> new PortRange(port, port, Protocol.ANY))
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        PortRange all = PortRange.all(protocol.isEmpty() ? Protocol.ANY : Protocol.parse(protocol));
        PortRange ports = port > 0 ? new PortRange(port, port, all.protocol()) : all;
        compare(
                vector,
                List.of(DROP_ALL, vector.expect("text").asText()),
                now -> now.closeAll(Closing.everywhere()).openInternally(ports, address));
    }

    private static void checkIngress(VectorCase vector) throws Exception {
        JsonNode expect = vector.get("expect");
        if (expect.path("refused").asBoolean()) {
            assertThatThrownBy(() -> rule(vector)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        IngressRules rules = IngressRules.of(rule(vector));
        Cidr address = address(vector);
        UnaryOperator<FirewallRules> open =
                now -> now.closeAll(Closing.everywhere()).open(rules, address);
        if (expect.path("no_ipv6_given_to_iptables").asBoolean()) {
            String v4 = IptablesRules.transaction(
                    IptablesSave.parse(""), FirewallRules.none().open(rules, null), AddressType.IPV4);
            assertThat(v4).doesNotContain(":db8:", "::/0");
            assertThat(v4.lines()
                            .filter(line -> line.contains("foothold ingress"))
                            .distinct()
                            .count())
                    .isEqualTo(v4.lines()
                            .filter(line -> line.contains("foothold ingress"))
                            .count());
            return;
        }
        String text = expect.get("text").asText();
        if (vector.get("delete").asBoolean()) {
            String insert = text.replace(") && (", ") || (").replace("iptables -D", "iptables -I");
            compare(
                    vector,
                    List.of(DROP_ALL, insert, text),
                    now -> open.apply(now).close(rules, address));
        } else {
            compare(vector, List.of(DROP_ALL, text), open);
        }
    }

    private static IngressRule rule(VectorCase vector) {
        JsonNode json = vector.get("rule");
        List<Cidr> sources = new ArrayList<>();
        for (JsonNode source : json.get("cidrs")) {
            // On a command line an address without a mask is a network of one.
            String text = source.asText();
            sources.add(text.matches("[0-9.]+") ? Cidr.host(text) : Cidr.parse(text));
        }
        return new IngressRule(VectorRules.range(json), sources);
    }

    private static Cidr address(VectorCase vector) {
        String address = vector.get("address").asText();
        return address.isEmpty() ? null : Cidr.host(address);
    }

    /** Runs both, sends packets that the rule is about and some that it is not, and compares what gets through. */
    private static void compare(VectorCase vector, List<String> lines, UnaryOperator<FirewallRules> change)
            throws Exception {
        List<Packet> packets = packets(vector, lines);
        String addresses = addresses(packets, true);
        String sources = addresses(packets, false);
        address("add", "replace", addresses, sources);
        try {
            theirs.run(String.join("\n", lines));
            configurator.apply(configurator.plan(now -> change.apply(FirewallRules.none())));
            List<Boolean> expected = theirs.probe(Duration.ofMillis(200), packets);
            List<Boolean> found = ours.probe(Duration.ofMillis(200), packets);
            if (!found.equals(expected)) { // a busy machine may have been too slow to answer
                expected = theirs.probe(Duration.ofSeconds(3), packets);
                found = ours.probe(Duration.ofSeconds(3), packets);
            }
            assertThat(found).as("%s: what gets through of %s", vector, packets).isEqualTo(expected);
        } finally {
            theirs.run("iptables -F INPUT");
            address("del", "del", addresses, sources);
        }
    }

    /** Has both machines, and both worlds outside, have the addresses that packets come from and go to. */
    private static void address(String verb, String routeVerb, String addresses, String sources) throws Exception {
        for (NamespaceMachine machine : List.of(theirs, ours)) {
            if (!addresses.isEmpty()) {
                machine.run("for a in " + addresses + "; do ip addr " + verb + " $a/32 dev eth0; done");
                machine.runOutside("for a in " + addresses + "; do ip route " + routeVerb + " $a via 10.0.0.5; done");
            }
            if (!sources.isEmpty()) {
                machine.runOutside("for a in " + sources + "; do ip addr " + verb + " $a/32 dev veth0; done");
            }
        }
    }

    private static String addresses(List<Packet> packets, boolean ofMachine) {
        return String.join(
                " ",
                packets.stream()
                        .map(packet -> ofMachine ? packet.to() : packet.from())
                        .filter(address -> !address.isEmpty()
                                && !address.equals(NamespaceMachine.ADDRESS)
                                && !address.equals(NamespaceMachine.SECOND_ADDRESS))
                        .distinct()
                        .toList());
    }

    private static List<Packet> packets(VectorCase vector, List<String> lines) {
        String last = lines.get(lines.size() - 1);
        List<String> targets = new ArrayList<>(List.of(NamespaceMachine.ADDRESS, NamespaceMachine.SECOND_ADDRESS));
        String address = vector.json().path("address").asText();
        if (!address.isEmpty() && !targets.contains(address)) {
            targets.add(address);
        }
        List<String> sources = new ArrayList<>(List.of(""));
        for (JsonNode source : vector.json().path("rule").path("cidrs")) {
            String network = source.asText();
            sources.add(
                    network.contains("/0") || !network.contains("/")
                            ? network.replace("0.0.0.0/0", "")
                            : network.replaceFirst("\\.0/.*", ".77"));
        }
        List<Integer> ports = new ArrayList<>(List.of(22, 99));
        JsonNode rule = vector.json().path("rule");
        if (rule.path("from").asInt() > 0) {
            ports.addAll(List.of(
                    rule.get("from").asInt(),
                    rule.get("to").asInt(),
                    rule.get("to").asInt() + 1));
        }
        List<Packet> packets = new ArrayList<>();
        for (String target : targets) {
            for (String source : sources.stream().distinct().toList()) {
                packets.add(Packet.ping().to(target).from(source));
                for (int port : ports.stream().distinct().toList()) {
                    packets.add(Packet.tcp(port).to(target).from(source));
                    packets.add(Packet.udp(port).to(target).from(source));
                }
            }
        }
        assertThat(last).isNotEmpty();
        return packets;
    }

    @TestFactory
    @Tag("D-31")
    @Tag("D-33")
    Stream<DynamicTest> operations() {
        return Vectors.file("configurator").tests(EffectVectorsTest::checkOperation);
    }

    private static void checkOperation(VectorCase vector) throws Exception {
        JsonNode expect = vector.get("expect");
        if (vector.json().has("run_result")) {
            JsonNode result = vector.get("run_result");
            ScriptedSession machine = new ScriptedSession(
                    result.get("output").asText(), result.get("exit").asInt());
            try (SshInstanceConfigurator scripted =
                    SshInstanceConfigurator.over(machine, HostSshOptions.defaults(), machine)) {
                for (JsonNode part : expect.get("error_contains")) {
                    assertThatThrownBy(() -> run(vector, scripted))
                            .isInstanceOf(FirewallException.class)
                            .hasMessageContaining(part.asText())
                            .hasMessageContaining("192.0.2.7");
                }
            }
            return;
        }
        if (expect.has("connects")) {
            ScriptedSession machine = new ScriptedSession("", 0);
            run(vector, SshInstanceConfigurator.of(ScriptedSession.ADDRESS, HostSshOptions.defaults(), machine));
            assertThat(machine.commands()).isEmpty();
            return;
        }
        if (vector.json().has("line_exits")) {
            assertThatCode(() -> run(vector, configurator)).doesNotThrowAnyException();
            return;
        }
        configurator.apply(configurator.plan(now -> FirewallRules.none()));
        List<String> lines = new ArrayList<>();
        expect.path("script_lines").forEach(line -> lines.add(line.asText()));
        expect.path("commands").forEach(line -> lines.add(line.asText().replace("sudo ifup", "ifup --no-act")));
        ours.run("rm -f /etc/network/interfaces.d/eth1.cfg");
        theirs.run("rm -f /etc/network/interfaces.d/eth1.cfg");
        if (vector.get("op").asText().equals("configure_external_ip")) {
            // Nobody gives out addresses here, so the tool only says that it would ask for one.
            ours.run("printf '#!/bin/sh\\nexec /usr/sbin/ifup --no-act \"$@\"\\n' > /usr/local/bin/ifup;"
                    + " chmod 755 /usr/local/bin/ifup");
            try {
                run(vector, configurator);
                compareNow(vector, lines);
                assertThat(ours.run("cat /etc/network/interfaces.d/eth1.cfg").strip())
                        .isEqualTo(theirs.run("cat /etc/network/interfaces.d/eth1.cfg")
                                .strip());
                assertThat(configurator.configureExternalIpAddressCommands(
                                vector.get("api_port").asInt()))
                        .isNotEmpty();
            } finally {
                ours.run("rm -f /usr/local/bin/ifup");
            }
            return;
        }
        if (vector.get("op").asText().equals("change_ingress")) {
            lines.add(0, DROP_ALL);
            configurator.apply(configurator.plan(now -> now.closeAll(Closing.everywhere())));
            if (!vector.get("insert").asBoolean()) {
                lines.add(1, lines.get(1).replace(") && (", ") || (").replace("iptables -D", "iptables -I"));
                configurator.changeIngressRules(
                        vector.get("address").asText(), true, VectorRules.rules(vector.get("rules")));
            }
        }
        run(vector, configurator);
        compareNow(vector, lines);
    }

    private static void compareNow(VectorCase vector, List<String> lines) throws Exception {
        FirewallRules rules = configurator.rules();
        compare(vector, lines, now -> rules);
    }

    private static void run(VectorCase vector, SshInstanceConfigurator on) throws InterruptedException {
        switch (vector.get("op").asText()) {
            case "drop_all_ports" -> {
                List<Integer> except = new ArrayList<>();
                vector.get("except").forEach(port -> except.add(port.asInt()));
                on.dropAllPorts(except, vector.get("address").asText());
            }
            case "configure_external_ip" ->
                on.configureExternalIpAddress(vector.get("api_port").asInt());
            case "change_ingress" ->
                on.changeIngressRules(
                        vector.get("address").asText(),
                        vector.get("insert").asBoolean(),
                        VectorRules.rules(vector.get("rules")));
            case "find_ingress" -> on.findIngressRules();
            default -> throw new AssertionError(vector + " has an op of its own");
        }
    }
}
