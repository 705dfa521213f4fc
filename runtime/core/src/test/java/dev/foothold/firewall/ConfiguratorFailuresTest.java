package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.config.Secret;
import dev.foothold.network.IngressRules;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said when a machine cannot be configured. */
class ConfiguratorFailuresTest {

    private static SshInstanceConfigurator configurator(ScriptedSession machine) {
        return SshInstanceConfigurator.over(
                machine, HostSshOptions.always(SshOptions.defaults().withUser("debian")), machine);
    }

    @Test
    void thePasswordForSudoIsOnNoCommandLine() throws Exception {
        ScriptedSession machine = new ScriptedSession("", 1);
        SshOptions options = SshOptions.defaults().withSudoPassword(Secret.of("hunter2"));

        assertThatThrownBy(() -> SshInstanceConfigurator.over(machine, HostSshOptions.always(options), machine)
                        .findIngressRules())
                .hasMessageNotContaining("hunter2");

        assertThat(machine.commands()).singleElement().satisfies(command -> {
            assertThat(command.line()).contains("sudo -S").doesNotContain("hunter2");
            assertThat(new String(command.input(), StandardCharsets.UTF_8)).startsWith("hunter2\n#foothold\n");
        });
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForNoRules() {
        assertThatThrownBy(() -> configurator(new ScriptedSession("#foothold root\n#foothold backend nft\n", 0))
                        .findIngressRules())
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("192.0.2.7")
                .hasMessageContaining("not complete");
    }

    @Test
    void aMachineThatDoesNotStopWritingIsNotListenedToForEver() {
        ScriptedSession machine = new ScriptedSession("x".repeat(1 << 20), 100, 0);

        assertThatThrownBy(() -> configurator(machine).findIngressRules())
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("does not stop writing");
    }

    @Test
    void mistakesInWhatIsAskedForAreToldWithoutAsking() {
        ScriptedSession machine = new ScriptedSession("", 0);
        SshInstanceConfigurator configurator = configurator(machine);

        assertThatThrownBy(() -> configurator.dropAllPorts(List.of(65536), null))
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> configurator.dropAllPorts(List.of(22), "nowhere"))
                .hasMessageContaining("\"nowhere\"");
        assertThatThrownBy(() ->
                        configurator.changeIngressRules("10.0.0.5", false, IngressRules.parse("80/tcp from ::/0")))
                .hasMessageContaining("mixes IPv4 and IPv6");
        assertThatThrownBy(() -> configurator.configureExternalIpAddress(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> configurator.withGuard(Duration.ofMillis(999)))
                .hasMessageContaining("at least a second");
        assertThatThrownBy(() -> configurator.within(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(machine.commands()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void programsAreWhatEveryShellUnderstands(MachineProgram program) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-n", "-c", program.text())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
    }
}
