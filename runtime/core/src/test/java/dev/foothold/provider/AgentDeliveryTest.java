package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.Agent;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.Readiness;
import dev.foothold.bootstrap.ScriptFailedException;
import dev.foothold.config.Secret;
import dev.foothold.event.Event;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.Isolation;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.SimulatedEnviron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of an agent, to a machine that is made for it. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class AgentDeliveryTest {

    private static final Arch ARCH = System.getProperty("os.arch").equals("aarch64") ? Arch.ARM64 : Arch.AMD64;
    private static final BootstrapParams PARAMS =
            BootstrapParams.on(Base.parse("ubuntu@24.04")).arch(ARCH).within(Duration.ofSeconds(60));

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private SimulatedCloud cloud;
    private DefaultProvider provider;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(!Files.exists(Path.of("/run/systemd/system")), "services of the host are not for tests");
        Files.createDirectory(directory.resolve("agents"));
        cloud = SimulatedCloud.builder()
                .zones("a")
                .isolation(Isolation.DIRECTORY)
                .open();
        Foothold foothold = Foothold.at(directory.resolve("state")).withEvents(events::add);
        provider = new DefaultZonedProvider(new SimulatedEnviron(cloud), foothold.model("prod"), foothold);
    }

    @AfterEach
    void close() {
        provider.close();
        cloud.close();
    }

    @Test
    void theAgentRunsWhenTheBootstrapHasEnded_andGoesOn() throws Exception {
        agent("acme-1.0-any-any", "echo \"token $ACME_TOKEN\"; exec sleep 997");
        agent("acme-1.1-any-any", "echo \"token $ACME_TOKEN\"; touch up; exec sleep 997");

        BootstrapResult result = provider.bootstrapEnv(PARAMS.agent(Agent.from(binaries())
                .environment("ACME_TOKEN", Secret.of("s3cret-of-acme"))
                .ready(Readiness.command("test", "-f", "up"))));

        assertThat(events)
                .filteredOn(Event.AgentReady.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((Event.AgentReady) event).version()).isEqualTo("1.1"));
        assertThat(events.toString()).doesNotContain("s3cret-of-acme");
        try (SshSession session = provider.connect(result.instance().id())) {
            String check = "d=var/lib/foothold/agents/acme; grep -qx 'token s3cret-of-acme' $d/log"
                    + " && read -r pid born < $d/supervisor && kill -0 $pid";
            assertThat(session.run(SshCommand.of(check), SshOutput.discard(), Duration.ofSeconds(20))
                            .exitStatus())
                    .isZero();
        }
    }

    @Test
    void anAgentThatDoesNotGetReadyIsAFailureThatSaysWhatItWrote_andNothingIsLeft() throws Exception {
        agent("acme-1.0-any-any", "echo 'cannot read licence s3cret-of-acme' >&2; exit 9");

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS.secret(Secret.of("s3cret-of-acme"))
                        .agent(Agent.from(binaries()).ready(Readiness.port(1)))))
                .isInstanceOf(ScriptFailedException.class)
                .hasMessageStartingWith("the delivery of the agent acme 1.0 failed on 127.")
                .hasMessageContaining("cannot read licence (secret)")
                .hasMessageContaining("waiting for acme 1.0: it starts and dies, 3 times");

        assertThat(cloud.list(Map.of())).isEmpty();
    }

    @Test
    void withoutAnAgentForTheMachineNoneIsStarted() throws Exception {
        agent("acme-1.0-centos-any", "exec sleep 997");

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS.agent(binaries())))
                .isInstanceOf(FootholdException.class)
                .hasMessageContainingAll(
                        "no matching agent binaries available for ubuntu@24.04",
                        "acme 1.0 for centos on any architecture");

        assertThat(events).noneMatch(Event.InstanceRequested.class::isInstance);
        assertThat(cloud.list(Map.of())).isEmpty();
    }

    private AgentBinaries binaries() {
        return AgentBinaries.directory(directory.resolve("agents"));
    }

    private void agent(String name, String commands) throws IOException {
        Files.writeString(directory.resolve("agents").resolve(name), "#!/bin/sh\n" + commands + "\n");
    }
}
