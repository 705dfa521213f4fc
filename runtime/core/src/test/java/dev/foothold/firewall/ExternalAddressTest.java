package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.firewall.NamespaceMachine.Packet;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.ssh.HostSshOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A second interface, taken into use by Debian's own tools. Nobody gives out addresses, so they have to be told so. */
@Tag("namespaces")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalAddressTest {

    private NamespaceMachine machine;
    private SshInstanceConfigurator configurator;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        machine = NamespaceMachine.start(directory);
        machine.listen(80, 17070);
    }

    @AfterAll
    void stop() throws IOException {
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        machine.run("nft flush ruleset; rm -rf /etc/network/interfaces.d/* /etc/netplan/* /etc/nftables.d"
                + " /usr/local/bin/ifup /usr/local/bin/netplan; cp /etc/network/interfaces /run/interfaces");
        configurator = SshInstanceConfigurator.of(
                machine.address(), HostSshOptions.always(machine.login()), new SshjConnector());
    }

    @AfterEach
    void disconnect() throws Exception {
        if (configurator != null) {
            configurator.close();
            machine.run("cp /run/interfaces /etc/network/interfaces; rm -f /usr/local/bin/ifup /usr/local/bin/netplan");
        }
    }

    /** Has the tool do all but ask for an address, and notes that it was called. */
    private void withoutDhcp(String tool, String instead) throws Exception {
        machine.run("printf '#!/bin/sh\\necho \"$*\" >> /run/calls\\n" + instead + "\\n' > /usr/local/bin/" + tool
                + "; chmod 755 /usr/local/bin/" + tool + "; : > /run/calls");
    }

    @Test
    void ifupdownTakesWhatIsRendered() throws Exception {
        withoutDhcp("ifup", "exec /usr/sbin/ifup --no-act \"$@\"");

        configurator.configureExternalIpAddress(17070);

        assertThat(machine.run("cat /etc/network/interfaces.d/eth1.cfg"))
                .isEqualTo("auto eth1\niface eth1 inet dhcp\n");
        assertThat(machine.run("/usr/sbin/ifup --no-act eth1 2>&1; stat -c %a /etc/network/interfaces.d/eth1.cfg"))
                .contains("644");
        assertThat(machine.run("tail -n 1 /run/calls").strip()).isEqualTo("eth1");
        machine.assertOpen(
                Packet.tcp(80),
                Packet.tcp6(80),
                Packet.tcp(22),
                Packet.tcp(17070).to(NamespaceMachine.SECOND_ADDRESS));
        machine.assertClosed(
                Packet.tcp(80).to(NamespaceMachine.SECOND_ADDRESS),
                Packet.tcp6(80).to("fd09::5"));

        configurator.configureExternalIpAddress(17070);

        assertThat(machine.run("cat /etc/network/interfaces.d/eth1.cfg"))
                .as("a second time it is the same")
                .isEqualTo("auto eth1\niface eth1 inet dhcp\n");
    }

    @Test
    void netplanTakesWhatIsRendered() throws Exception {
        machine.run("umask 077; printf 'network:\\n  version: 2\\n  ethernets:\\n    eth0:\\n      dhcp4: true\\n'"
                + " > /etc/netplan/50-cloud-init.yaml");
        withoutDhcp("netplan", "[ \"$1\" = apply ] || exec /usr/sbin/netplan \"$@\"");

        configurator.configureExternalIpAddress(0);

        assertThat(machine.run("cat /run/calls"))
                .contains("generate --root-dir")
                .endsWith("apply\n");
        assertThat(machine.run("mkdir -p /run/root/etc; cp -rp /etc/netplan /run/root/etc;"
                        + " /usr/sbin/netplan generate --root-dir /run/root; cat /run/root/run/systemd/network/*eth1*"))
                .contains("Name=eth1", "DHCP=ipv4");
        machine.assertClosed(Packet.tcp(80).to(NamespaceMachine.SECOND_ADDRESS));
    }

    @Test
    @Tag("D-31")
    @Tag("D-32")
    void whatTheToolSaysIsTheReasonAndEverythingIsAsItWas() throws Exception {
        withoutDhcp("ifup", "case $1 in --no-act) exit 0;; esac; echo no lease for eth1; exit 1");

        assertThatThrownBy(() -> configurator.configureExternalIpAddress(17070))
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("external IP")
                .hasMessageContaining("eth1 could not be brought up by ifupdown")
                .hasMessageContaining("no lease for eth1");
        assertThat(machine.run("ls /etc/network/interfaces.d; nft list tables").strip())
                .isEmpty();
        machine.assertOpen(Packet.tcp(80).to(NamespaceMachine.SECOND_ADDRESS));
    }

    @Test
    void whatCannotBeConfiguredIsNamedBeforeAnythingIsDone() throws Exception {
        assertThatThrownBy(() -> configurator.withExternalInterface("eth7").configureExternalIpAddress(0))
                .hasMessageContaining("there is no network interface eth7");
        assertThatThrownBy(
                        () -> configurator.withExternalInterface("eth1\niface").configureExternalIpAddress(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> configurator.configureExternalIpAddress(65536))
                .isInstanceOf(IllegalArgumentException.class);
        machine.run("printf 'iface eth1 inet static\\n' > /etc/network/interfaces.d/other");
        assertThatThrownBy(() -> configurator.configureExternalIpAddress(0))
                .hasMessageContaining("eth1 is configured in /etc/network/interfaces.d/other already");
        machine.run("rm /etc/network/interfaces.d/other; echo auto lo > /etc/network/interfaces");
        assertThatThrownBy(() -> configurator.configureExternalIpAddress(0))
                .hasMessageContaining("does not source interfaces.d");
        assertThat(machine.run("nft list tables")).isEmpty();
    }

    @Test
    void aNetworkThatIsConfiguredInAnotherWayIsRefused() throws Exception {
        machine.run("mkdir -p /run/few; for t in sh ls grep cat mktemp rm head id awk sed cut sha256sum mkdir nft;"
                + " do ln -sf \"$(command -v $t)\" /run/few; done; ln -sf /bin/true /run/few/nmcli");
        // The program as it is, but for where it finds its tools.
        String program = MachineProgram.ADDRESS.text().replaceAll("(?m)^PATH=.*", "PATH=/run/few");
        machine.run("cat > /run/program << 'FOOTHOLD_PROGRAM'\n" + program + "FOOTHOLD_PROGRAM\n");

        assertThat(machine.run("printf '#foothold\\n' | sh /run/program '' eth1 check 0 0 || :"))
                .contains("#foothold failed the network is configured by neither ifupdown nor netplan", "by nmcli");
    }

    @Test
    void theCommandsForAFirstBootDoTheSame() throws Exception {
        withoutDhcp("ifup", "exec /usr/sbin/ifup --no-act \"$@\"");
        String commands = String.join("\n", configurator.configureExternalIpAddressCommands(17070));

        machine.run(commands);
        machine.run(commands);

        assertThat(machine.run("cat /etc/network/interfaces.d/eth1.cfg"))
                .isEqualTo("auto eth1\niface eth1 inet dhcp\n");
        assertThat(configurator.rules()).isEqualTo(ExternalAddress.rules(FirewallRules.none(), "eth1", 17070));
        machine.assertOpen(Packet.tcp(17070).to(NamespaceMachine.SECOND_ADDRESS));
        machine.assertClosed(Packet.tcp(80).to(NamespaceMachine.SECOND_ADDRESS));
    }

    @Test
    void theCommandsForAFirstBootDoTheSameWithIptables() throws Exception {
        withoutDhcp("ifup", "exec /usr/sbin/ifup --no-act \"$@\"");
        machine.run(
                "mkdir -p /run/fewer; for t in sh sed grep iptables-save ip6tables-save iptables-restore ip6tables-restore;"
                        + " do ln -sf \"$(command -v $t)\" /run/fewer; done");
        String firewall = configurator.configureExternalIpAddressCommands(17070).get(0);

        machine.run("PATH=/run/fewer; sudo() { \"$@\"; }; " + firewall + "; " + firewall);

        assertThat(machine.run("iptables-save | grep -c -- '-j FOOTHOLD'").strip())
                .isEqualTo("1");
        machine.assertOpen(Packet.tcp(17070).to(NamespaceMachine.SECOND_ADDRESS));
        machine.assertClosed(
                Packet.tcp(80).to(NamespaceMachine.SECOND_ADDRESS),
                Packet.tcp6(80).to("fd09::5"));
    }
}
