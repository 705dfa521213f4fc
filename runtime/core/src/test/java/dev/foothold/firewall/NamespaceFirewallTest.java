package dev.foothold.firewall;

import static dev.foothold.firewall.NamespaceMachine.ADDRESS;
import static dev.foothold.firewall.NamespaceMachine.ADDRESS6;
import static dev.foothold.firewall.NamespaceMachine.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.firewall.NamespaceMachine.Packet;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.Cidr;
import dev.foothold.network.IngressRule;
import dev.foothold.network.IngressRules;
import dev.foothold.network.MachineAddress;
import dev.foothold.network.PortRange;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Firewalls of real kernels, changed over Debian's {@code sshd}, and packets from outside that get through or do not. */
@Tag("namespaces")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespaceFirewallTest {

    /** With what a machine's rules are made. */
    enum Tool {
        NFT("nft", ""),
        /** Somebody else uses iptables there already. */
        IPTABLES("iptables", "for t in iptables ip6tables; do $t -A INPUT -p tcp --dport 7777 -j DROP; done");

        private final String word;
        private final String before;

        Tool(String word, String before) {
            this.word = word;
            this.before = before;
        }
    }

    /** Both; the short build has one do. */
    static List<Tool> tools() {
        return Boolean.getBoolean("foothold.quick") ? List.of(Tool.NFT) : List.of(Tool.values());
    }

    /** What others have on the machine; it must not change by a byte. */
    private static final String OTHERS = """
            nft -f - << 'E'
            table inet others {
                set friends { type ipv4_addr; elements = { 192.0.2.1, 192.0.2.2 }; }
                chain input {
                    type filter hook input priority 10; policy accept;
                    tcp dport 7778 drop comment "mine"
                }
            }
            table ip mynat {
                chain pre {
                    type nat hook prerouting priority 0;
                    tcp dport 7779 redirect to :80
                }
            }
            E
            """;

    private NamespaceMachine machine;
    private SshInstanceConfigurator configurator;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        machine = NamespaceMachine.start(directory);
        machine.listen(80, 81, 82, 90, 443, 7777, 7778, 17070);
        configurator = configurator(new SshjConnector());
    }

    @AfterAll
    void stop() throws IOException {
        if (machine != null) {
            configurator.close();
            machine.close();
        }
    }

    @BeforeEach
    void flush() throws Exception {
        machine.run("nft flush ruleset; rm -rf /run/foothold /etc/nftables.d /etc/iptables/*");
        machine.relayTo(ADDRESS, 22);
    }

    private SshInstanceConfigurator configurator(SshConnector connector) {
        return SshInstanceConfigurator.of(machine.address(), HostSshOptions.always(machine.login()), connector);
    }

    private String othersRules() throws Exception {
        return machine.run("nft -s list table inet others; nft -s list table ip mynat; for t in iptables ip6tables; do"
                + " $t-save | sed -e '/^[#:]/d' -e /FOOTHOLD/d; done");
    }

    @ParameterizedTest
    @MethodSource("tools")
    @Tag("D-34")
    @Tag("D-37")
    void whatIsOpenIsOpenAndAllElseIsClosedInBothFamilies(Tool tool) throws Exception {
        machine.run(tool.before);
        machine.assertOpen(
                Packet.tcp(80), Packet.tcp6(80), Packet.udp(81), Packet.udp6(81), Packet.ping(), Packet.ping6());

        assertThat(configurator.plan(rules -> rules).tool()).isEqualTo(tool.word);
        configurator.dropAllPorts(List.of(22), null);

        machine.assertOpen(Packet.tcp(22), Packet.tcp6(22));
        machine.assertClosed(
                Packet.tcp(80), Packet.tcp6(80), Packet.udp(81), Packet.udp6(81), Packet.ping(), Packet.ping6());

        IngressRules rules =
                IngressRules.parse("80-81/tcp", "81/udp", "icmp", "443/tcp from " + OUTSIDE + "/32,fd00::1/128");
        configurator.changeIngressRules(null, true, rules);

        machine.assertOpen(
                Packet.tcp(22),
                Packet.tcp(80),
                Packet.tcp(81),
                Packet.tcp6(81),
                Packet.udp(81),
                Packet.udp6(81),
                Packet.ping(),
                Packet.ping6(),
                Packet.tcp(443),
                Packet.tcp6(443));
        machine.assertClosed(Packet.tcp(82), Packet.tcp6(82), Packet.udp(80));
        machine.runOutside("ip addr add 10.0.0.77/24 dev veth0; ip addr add fd00::77/64 dev veth0 nodad");
        machine.assertClosed(Packet.tcp(443).from("10.0.0.77"), Packet.tcp6(443).from("fd00::77"));
        machine.runOutside("ip addr del 10.0.0.77/24 dev veth0; ip addr del fd00::77/64 dev veth0");
        assertThat(configurator.findIngressRules()).isEqualTo(rules.merged());

        configurator.changeIngressRules(null, false, IngressRules.parse("80-81/tcp", "icmp from ::/0"));

        machine.assertOpen(Packet.tcp(22), Packet.udp(81), Packet.udp6(81), Packet.ping(), Packet.tcp(443));
        machine.assertClosed(Packet.tcp(80), Packet.tcp6(80), Packet.ping6());
        assertThat(machine.run("ls /run/foothold/firewall"))
                .as("what is left of the changes")
                .isEqualToIgnoringWhitespace("lock");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void rulesForOneAddressSayNothingOfOthers(Tool tool) throws Exception {
        machine.run(tool.before);

        configurator.dropAllPorts(List.of(22, 80), ADDRESS);

        machine.assertOpen(Packet.tcp(80), Packet.tcp6(81), Packet.tcp(81).to(NamespaceMachine.SECOND_ADDRESS));
        machine.assertClosed(Packet.tcp(81));

        configurator.changeIngressRules(ADDRESS, true, IngressRules.parse("81/tcp"));
        configurator.dropAllPorts(List.of(22), ADDRESS6);

        machine.assertOpen(Packet.tcp(81), Packet.tcp6(22));
        machine.assertClosed(Packet.tcp6(81));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void rulesOfOthersAreTheSameToTheByte(Tool tool) throws Exception {
        machine.run(tool.before);
        machine.run(OTHERS);
        String before = othersRules();

        configurator.dropAllPorts(List.of(22, 7778), null);
        configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp", "7777/tcp from 192.0.2.0/24"));
        configurator.changeIngressRules(null, false, IngressRules.parse("80/tcp"));

        assertThat(othersRules()).isEqualTo(before).contains("comment \"mine\"", "192.0.2.2", "7779");
        machine.assertClosed(Packet.tcp(7778));

        configurator.apply(configurator.plan(rules -> FirewallRules.none()));

        assertThat(othersRules()).isEqualTo(before);
        assertThat(machine.run("nft list tables; iptables-save; ip6tables-save"))
                .doesNotContainIgnoringCase("foothold");
    }

    @ParameterizedTest
    @MethodSource("tools")
    @Tag("D-33")
    @Tag("D-34")
    @Tag("D-36")
    void nothingIsChangedWhenNothingMustBe(Tool tool) throws Exception {
        machine.run(tool.before);
        configurator.dropAllPorts(List.of(22), null);
        configurator.changeIngressRules(null, true, IngressRules.parse("443/tcp from 10.0.0.0/8"));
        String before = machine.run("nft -s -a list ruleset");

        configurator.changeIngressRules(null, true, IngressRules.parse("443/tcp from 10.1.2.3/8"));
        configurator.changeIngressRules(null, false, IngressRules.parse("444/tcp"));
        FirewallPlan plan = configurator.plan(rules -> rules.openInternally(PortRange.tcp(22), null));

        assertThat(plan.describe()).isEqualTo("nothing to change");
        assertThat(configurator.apply(plan).changed()).isFalse();
        assertThat(machine.run("nft -s -a list ruleset"))
                .as("with the handles of its rules")
                .isEqualTo(before);

        configurator.changeIngressRules(null, true, IngressRules.parse("443/tcp from 10.0.0.0/8,192.168.0.0/16"));

        assertThat(configurator.rules().openings().stream().filter(it -> it.purpose() == Purpose.INGRESS))
                .hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aPlanSaysWhatItWouldDoAndDoesNothing(Tool tool) throws Exception {
        machine.run(tool.before);
        String before = machine.run("nft -s -a list ruleset");

        FirewallPlan plan = configurator.plan(
                rules -> rules.dropAll(List.of(22), null).open(IngressRules.parse("80/tcp from 10.0.0.0/8"), null));

        assertThat(plan.describe())
                .contains(
                        "+ open 80/tcp from 10.0.0.0/8",
                        "+ open 22/tcp from ::/0 (internal)",
                        "- close everything else");
        assertThat(machine.run("nft -s -a list ruleset")).isEqualTo(before);
        machine.assertOpen(Packet.tcp(81));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aChangeByOthersInBetweenIsNamedAndNothingIsDone(Tool tool) throws Exception {
        machine.run(tool.before);
        configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp", "81/tcp"));
        FirewallPlan plan = configurator.plan(rules -> rules.open(IngressRules.parse("82/tcp"), null));
        try (SshInstanceConfigurator other = configurator(new SshjConnector())) {
            other.changeIngressRules(null, true, IngressRules.parse("90/tcp from 192.0.2.0/24"));
            other.changeIngressRules(null, false, IngressRules.parse("81/tcp"));
        }

        assertThatThrownBy(() -> configurator.apply(plan))
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("somebody else has changed the rules")
                .hasMessageContaining("there is \"90/tcp from 192.0.2.0/24\"")
                .hasMessageContaining("there is no \"81/tcp")
                .hasMessageContaining(machine.address().hostAndPort());
        assertThat(configurator.findIngressRules())
                .isEqualTo(
                        IngressRules.parse("80/tcp", "90/tcp from 192.0.2.0/24").merged());
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theSshPortInUseIsNotClosedUnlessSaidSo(Tool tool) throws Exception {
        machine.run(tool.before);
        String before = machine.run("nft -s -a list ruleset");

        for (String address : new String[] {"", ADDRESS}) {
            assertThatThrownBy(() -> configurator.dropAllPorts(List.of(80), address))
                    .isInstanceOf(FirewallException.class)
                    .hasMessageContaining("SSH port 22")
                    .hasMessageContaining(OUTSIDE)
                    .hasMessageContaining("allowingLockOut()");
        }
        assertThat(machine.run("nft -s -a list ruleset")).isEqualTo(before);

        configurator.dropAllPorts(List.of(80), ADDRESS6); // reached by another address
        configurator.allowingLockOut().dropAllPorts(List.of(80), null);

        machine.assertOpen(Packet.tcp(80));
        machine.assertClosed(Packet.tcp(22), Packet.tcp6(22));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theMachineBringsTheOldRulesBackWhenNobodyConfirmsThem(Tool tool) throws Exception {
        machine.run(tool.before);
        configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp"));
        String before = machine.run("nft -s list ruleset");
        SshjConnector real = new SshjConnector();
        // The client dies as it would confirm: neither confirmed nor taken back.
        SshSession first = real.connect(machine.address(), machine.login());
        SshInstanceConfigurator doomed = SshInstanceConfigurator.over(
                        first, HostSshOptions.always(machine.login()), (address, options) -> {
                            first.close();
                            throw new SshException(SshFailure.TIMED_OUT, address, "no answer", null);
                        })
                .withGuard(Duration.ofSeconds(1));

        assertThatThrownBy(() -> doomed.dropAllPorts(List.of(22, 443), null))
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("could not be confirmed through a new connection")
                .hasMessageContaining("brings the old rules back 1 s after")
                .hasRootCauseInstanceOf(SshException.class);
        machine.assertClosed(Packet.tcp(80), Packet.tcp6(81));
        assertThat(machine.run("ls -d /etc/nftables.d /etc/iptables/rules.v4 2>&1 || :"))
                .as("what is not confirmed does not outlive a reboot")
                .doesNotContain("443");
        for (long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
                !machine.run("nft -s list ruleset").equals(before);
                Thread.sleep(50)) {
            assertThat(System.nanoTime())
                    .as("the guard restores within its time")
                    .isLessThan(end);
        }
        machine.assertOpen(Packet.tcp(80), Packet.tcp(81), Packet.tcp6(81));
        assertThat(machine.run("ls /run/foothold/firewall")).isEqualToIgnoringWhitespace("lock");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void whoeverIsStillConnectedBringsTheOldRulesBackAtOnce(Tool tool) throws Exception {
        machine.run(tool.before);
        configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp"));
        String before = machine.run("nft -s list ruleset");
        List<Integer> connects = new ArrayList<>();
        SshInstanceConfigurator cut = configurator((address, options) -> {
            connects.add(1);
            if (connects.size() > 1) {
                throw new SshException(SshFailure.TIMED_OUT, address, "no answer", null);
            }
            return new SshjConnector().connect(address, options);
        });

        try (cut) {
            assertThatThrownBy(() -> cut.dropAllPorts(List.of(22), null))
                    .isInstanceOf(FirewallException.class)
                    .hasMessageContaining("so the old rules are back")
                    .hasRootCauseInstanceOf(SshException.class);
        }
        assertThat(machine.run("nft -s list ruleset")).isEqualTo(before);
        machine.assertOpen(Packet.tcp(81));
    }

    @ParameterizedTest
    @MethodSource("tools")
    @Tag("D-30")
    void anotherHostKeyIsRefusedBeforeAnythingIsSaid(Tool tool) throws Exception {
        machine.run(tool.before);
        SshOptions wrong =
                machine.login().trusting(List.of(SshKeyPair.generate("").publicKey()));
        try (SshInstanceConfigurator fooled =
                SshInstanceConfigurator.of(machine.address(), HostSshOptions.always(wrong), new SshjConnector())) {
            assertThatThrownBy(fooled::findIngressRules)
                    .isInstanceOf(FirewallException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SshException.class, e -> assertThat(e.failure()).isEqualTo(SshFailure.HOST_KEY_MISMATCH));
        }
        try (SshInstanceConfigurator unknown = SshInstanceConfigurator.of(
                machine.address(), HostSshOptions.always(machine.login().trusting(List.of())), new SshjConnector())) {
            assertThatThrownBy(unknown::findIngressRules).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    @Tag("D-31")
    @Tag("D-32")
    void aChangeThatFailsHalfwayIsNoneAndSaysWhatTheMachineSaid(Tool tool) throws Exception {
        machine.run(tool.before);
        configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp"));
        String before = machine.run("nft -s list ruleset");
        // The first transaction succeeds, the other one does not.
        String broken = tool == Tool.NFT ? "nft" : "ip6tables-restore";
        machine.run("printf '#!/bin/sh\\ncase \"$1$3\" in -f*|*-noflush) case $(cat \"$2\" -) in *443*)"
                + " echo no room for rule 443 >&2; exit 4;; esac;; esac\\nexec /usr/sbin/" + broken
                + " \"$@\"\\n' > /usr/local/bin/" + broken + "; chmod 755 /usr/local/bin/" + broken);
        if (tool == Tool.IPTABLES) {
            machine.run("printf '#!/bin/sh\\nt=$(mktemp); cat > $t; if grep -q 443 $t; then"
                    + " echo no room for rule 443 >&2; exit 4; fi; exec /usr/sbin/ip6tables-restore \"$@\" < $t\\n'"
                    + " > /usr/local/bin/ip6tables-restore");
        }
        try {
            assertThatThrownBy(() -> configurator.changeIngressRules(null, true, IngressRules.parse("443/tcp")))
                    .isInstanceOfSatisfying(FirewallException.class, e -> {
                        assertThat(e.output()).contains("no room for rule 443");
                        assertThat(e.command()).isEqualTo("apply");
                        assertThat(e.address()).contains(machine.address());
                    })
                    .hasMessageContaining("configuring ports for address")
                    .hasMessageContaining("no room for rule 443")
                    .hasMessageContaining(machine.address().hostAndPort());
        } finally {
            machine.run("rm -f /usr/local/bin/" + broken);
        }
        assertThat(machine.run("nft -s list ruleset")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("tools")
    @Tag("D-35")
    void whatIsNoRuleNeverReachesTheMachine(Tool tool) throws Exception {
        machine.run(tool.before);
        for (String rule : List.of(
                "80/tcp from 1.2.3.4/32; touch /tmp/x",
                "0/tcp",
                "65536/tcp",
                "90-80/tcp",
                "80/sctp",
                "80/tcp from 10.0.0.0/33",
                "80/tcp from $(reboot)/8",
                "icmpv6 from 10.0.0.0/8")) {
            assertThatThrownBy(
                            () -> configurator.changeIngressRules(null, true, IngressRules.of(IngressRule.parse(rule))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(rule.replaceAll(".* from ", ""));
        }
        for (String address : List.of("10.0.0.5; reboot", "eth0", "10.0.0.5/24")) {
            assertThatThrownBy(() -> configurator.dropAllPorts(List.of(22), address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(address);
        }
        assertThatThrownBy(() ->
                        configurator.changeIngressRules(ADDRESS, true, IngressRules.parse("80/tcp from fd00::/8")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("80/tcp from fd00::/8");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aThousandRulesAreOneCommand(Tool tool) throws Exception {
        machine.run(tool.before);
        IngressRules rules = IngressRules.of(IntStream.range(0, 1000)
                .mapToObj(i -> IngressRule.of(
                        PortRange.tcp(10_000 + i),
                        Cidr.parse("10." + i / 256 + "." + i % 256 + ".0/24"),
                        Cidr.parse("fd00:" + Integer.toHexString(i) + "::/32")))
                .toList());
        List<String> lines = new ArrayList<>();
        SshInstanceConfigurator counted = configurator(
                (address, options) -> new CountingSession(new SshjConnector().connect(address, options), lines));

        try (counted) {
            counted.changeIngressRules(null, true, rules);
            assertThat(lines).as("one to read, one to change").hasSize(2);
            counted.apply(counted.plan(now -> now.closeAll(new Closing(Cidr.host("10.255.0.1"), null))));
            assertThat(lines).as("and with a guard, one to confirm").hasSize(5);
            assertThat(counted.findIngressRules()).isEqualTo(rules.merged());
        }
    }

    /** Counts what is run. */
    private record CountingSession(SshSession session, List<String> lines) implements SshSession {

        @Override
        public MachineAddress address() {
            return session.address();
        }

        @Override
        public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
            lines.add(command.line());
            return session.run(command, output, timeout);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void connectionsThatAreThereLiveOn(Tool tool) throws Exception {
        machine.run(tool.before);
        assertThat(configurator.findIngressRules()).isEqualTo(IngressRules.none());

        configurator.allowingLockOut().dropAllPorts(List.of(), null);

        assertThat(configurator.rules().closings()).containsExactly(Closing.everywhere());
        machine.assertClosed(Packet.tcp(22));
        assertThat(machine.run(
                        "exec 3<> /dev/null; python3 -c 'import socket; print(socket.create_connection((\"127.0.0.1\","
                                + " 80), 2).recv(1))'"))
                .as("what the machine says to itself")
                .contains("!");
    }

    @ParameterizedTest
    @EnumSource(names = "IPTABLES")
    void whatTheOriginalHasLeftIsTakenOver(Tool tool) throws Exception {
        machine.run(tool.before);
        machine.run("""
                iptables -I INPUT -m state --state NEW -j DROP -m comment --comment 'juju internal' -d 10.0.0.5
                iptables -I INPUT -j ACCEPT -m comment --comment 'juju internal' -p tcp -d 10.0.0.5 --dport 22
                iptables -I INPUT -j ACCEPT -p tcp -d 10.0.0.5 -m multiport --dports 80:81 -s 10.0.0.0/8 -m comment --comment 'juju ingress'
                iptables -I INPUT -j ACCEPT -p icmp --icmp-type 8 -m comment --comment 'juju ingress'
                """);
        String before = machine.run("iptables-save | grep -v '^[#:]'");
        assertThat(configurator.findIngressRules())
                .isEqualTo(IngressRules.parse("icmp from 0.0.0.0/0", "80-81/tcp from 10.0.0.0/8"));
        assertThat(machine.run("iptables-save | grep -v '^[#:]'"))
                .as("reading changes nothing")
                .isEqualTo(before);

        configurator.changeIngressRules(null, true, IngressRules.parse("443/tcp"));

        machine.assertOpen(Packet.tcp(22), Packet.tcp(80), Packet.tcp(81), Packet.tcp(443), Packet.ping());
        machine.assertClosed(Packet.tcp(82), Packet.tcp(7777));
        assertThat(machine.run("iptables-save")).doesNotContain("juju").contains("--dport 7777 -j DROP");
        assertThat(configurator.findIngressRules())
                .isEqualTo(IngressRules.parse("icmp from 0.0.0.0/0", "80-81/tcp from 10.0.0.0/8", "443/tcp")
                        .merged());
    }

    @ParameterizedTest
    @EnumSource(names = "IPTABLES")
    void whatWasTakenOverIsGivenBackWhenTheChangeIsNotConfirmed(Tool tool) throws Exception {
        machine.run("iptables -I INPUT -j ACCEPT -p tcp --dport 80 -m comment --comment 'juju ingress'");
        machine.run(tool.before);
        machine.run("iptables -A INPUT -j ACCEPT -p tcp --dport 81 -m comment --comment 'juju ingress'");
        String before = machine.run("iptables-save | grep -v '^[#:]'");
        List<Integer> connects = new ArrayList<>();

        try (SshInstanceConfigurator cut = configurator((address, options) -> {
            connects.add(1);
            if (connects.size() > 1) {
                throw new SshException(SshFailure.TIMED_OUT, address, "no answer", null);
            }
            return new SshjConnector().connect(address, options);
        })) {
            assertThatThrownBy(() -> cut.dropAllPorts(List.of(22), null))
                    .hasMessageContaining("the old rules are back");
        }

        assertThat(machine.run("iptables-save | grep -v '^[#:]'")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theDistributionLoadsTheRulesWhenTheMachineBoots(Tool tool) throws Exception {
        machine.run(tool.before);
        if (tool == Tool.IPTABLES) {
            machine.run("netfilter-persistent save");
        }
        configurator.dropAllPorts(List.of(22), null);
        FirewallResult result =
                configurator.apply(configurator.plan(rules -> rules.open(IngressRules.parse("80/tcp", "icmp"), null)));
        assertThat(result.lostAtReboot()).isEmpty();
        FirewallRules before = configurator.rules();

        // What a boot does, in namespaces that know nothing yet.
        String load = tool == Tool.NFT ? "nft -f /etc/nftables.conf" : "netfilter-persistent start";
        String there = machine.run("unshare --net sh -ec '" + load + " > /dev/null 2>&1; " + load
                + " > /dev/null; nft -s list ruleset; iptables-save'");

        assertThat(there).contains("foothold ingress", "foothold internal");
        machine.run("nft flush ruleset; " + load);
        assertThat(configurator.rules()).isEqualTo(before);
        machine.assertOpen(Packet.tcp(22), Packet.tcp(80), Packet.tcp6(80), Packet.ping6());
        machine.assertClosed(Packet.tcp(81), Packet.tcp6(81));
        if (tool == Tool.IPTABLES) {
            assertThat(machine.run("cat /etc/iptables/rules.v4")).contains("--dport 7777 -j DROP");
        }

        configurator.apply(configurator.plan(rules -> FirewallRules.none()));
        machine.run("nft flush ruleset; " + load);
        machine.assertOpen(Packet.tcp(81), Packet.tcp6(81));
    }

    @ParameterizedTest
    @EnumSource(names = "NFT")
    void whatOthersRefuseIsToldInThePlan(Tool tool) throws Exception {
        machine.run("""
                nft -f - << 'E'
                table inet strict {
                    chain in {
                        type filter hook input priority 5; policy drop;
                        tcp dport 22 accept
                        ct state established accept
                    }
                }
                E
                """);

        assertThat(configurator
                        .plan(rules -> rules.open(IngressRules.parse("80/tcp"), null))
                        .describe())
                .contains("! refuses what its own rules do not admit")
                .contains("chain in of table inet strict");
    }

    @Test
    void aMachineWithoutAFirewallToolIsToldWhatToInstall() throws Exception {
        machine.run("for t in nft xtables-nft-multi xtables-legacy-multi; do"
                + " [ ! -e /usr/sbin/$t ] || mount --bind /dev/null /usr/sbin/$t; done");
        try {
            assertThatThrownBy(() -> configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp")))
                    .isInstanceOf(FirewallException.class)
                    .hasMessageContaining(machine.address().hostAndPort())
                    .hasMessageContaining("there is no firewall tool: install nftables, or iptables");
        } finally {
            machine.run("for t in nft xtables-nft-multi xtables-legacy-multi; do"
                    + " ! mountpoint -q /usr/sbin/$t || umount /usr/sbin/$t; done");
        }
    }
}
