package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.config.Secret;
import dev.foothold.firewall.NamespaceMachine.Packet;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.IngressRules;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who logs in is not root: with the real {@code sudo}, and what it says to those whom it refuses. */
@Tag("namespaces")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespaceLoginTest {

    private static final String PASSWORD = "it's a $ecret \"one\"";

    private NamespaceMachine machine;
    private SshOptions trusted;
    private SshOptions asked;
    private SshOptions refused;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        machine = NamespaceMachine.start(directory);
        machine.listen(80, 81);
        trusted = machine.login("trusted", "ALL=(ALL) NOPASSWD:ALL", "unused");
        asked = machine.login("asked", "ALL=(ALL) ALL", PASSWORD);
        refused = machine.login("refused", "", "other");
    }

    @AfterAll
    void stop() throws IOException {
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void flush() throws Exception {
        machine.run("nft flush ruleset; rm -rf /run/foothold /etc/nftables.d; rm -rf /run/sudo");
    }

    private SshInstanceConfigurator configurator(SshOptions login) {
        return SshInstanceConfigurator.of(machine.address(), HostSshOptions.always(login), new SshjConnector());
    }

    @Test
    void whoMayDoEverythingNeedsNoPassword() throws Exception {
        changesRules(trusted);
    }

    @Test
    void whoIsAskedForAPasswordGivesItAndNobodySeesIt() throws Exception {
        Process watcher = machine.command(
                        "/bin/sh",
                        "-c",
                        "while :; do cat /proc/[0-9]*/cmdline 2> /dev/null | tr '\\0' ' ' >> /run/seen; done")
                .start();
        try {
            changesRules(asked.withSudoPassword(Secret.of(PASSWORD)));
        } finally {
            watcher.destroyForcibly().onExit().join();
        }

        assertThat(machine.run("cat /run/seen; rm /run/seen"))
                .contains("sudo -S")
                .doesNotContain("a $ecret");
        assertThat(machine.run("grep -rlF 'a $ecret' /run /etc /root /home 2> /dev/null || :"))
                .isEmpty();
    }

    /** The line that was meant for sudo reaches the program then. */
    @Test
    void aPasswordThatIsNotAskedForDoesNoHarm() throws Exception {
        changesRules(trusted.withSudoPassword(Secret.of("needless")));
    }

    private void changesRules(SshOptions login) throws Exception {
        try (SshInstanceConfigurator configurator = configurator(login)) {
            configurator.apply(configurator.plan(
                    rules -> rules.dropAll(List.of(22), null).open(IngressRules.parse("80/tcp"), null)));

            assertThat(configurator.findIngressRules())
                    .isEqualTo(IngressRules.parse("80/tcp").merged());
        }
        machine.assertOpen(Packet.tcp(22), Packet.tcp(80), Packet.tcp6(80));
        machine.assertClosed(Packet.tcp(81), Packet.tcp6(81));
        assertThat(machine.run("ls -l /etc/nftables.d/")).contains("root root").doesNotContain(login.user());
    }

    @ParameterizedTest
    @Tag("D-31")
    @CsvSource({
        "asked,, a password is required",
        "asked, wrong, incorrect password",
        "refused, other, not in the sudoers"
    })
    void whoMayNotBecomeRootIsToldHowToAndNothingIsChanged(String user, String password, String said) throws Exception {
        SshOptions login = user.equals("asked") ? asked : refused;
        SshOptions options = password == null ? login : login.withSudoPassword(Secret.of(password));
        String before = state();

        try (SshInstanceConfigurator configurator = configurator(options)) {
            assertThatThrownBy(() -> configurator.changeIngressRules(null, true, IngressRules.parse("80/tcp")))
                    .isInstanceOfSatisfying(FirewallException.class, e -> {
                        assertThat(e.output()).contains(said);
                        assertThat(e.address()).contains(machine.address());
                    })
                    .hasMessageContaining(machine.address().hostAndPort())
                    .hasMessageContaining("user " + user + " cannot run commands as root there")
                    .hasMessageContaining("withSudoPassword");
        }

        assertThat(state()).isEqualTo(before);
    }

    /** Rules and files, but for what sudo notes of who has asked it. */
    private String state() throws Exception {
        return machine.run(
                "nft -s -a list ruleset; find /etc /run -path /run/sudo -prune -o -type f -printf '%p %T@\\n'");
    }

    @Test
    void whereThereIsNoSudoRootMustLogIn() throws Exception {
        machine.run("mount --bind /dev/null /usr/bin/sudo");
        try (SshInstanceConfigurator configurator = configurator(trusted)) {
            assertThatThrownBy(configurator::findIngressRules)
                    .isInstanceOf(FirewallException.class)
                    .hasMessageContaining("user trusted cannot run commands as root there")
                    .hasMessageContaining("sudo");
        } finally {
            machine.run("umount /usr/bin/sudo");
        }
    }
}
