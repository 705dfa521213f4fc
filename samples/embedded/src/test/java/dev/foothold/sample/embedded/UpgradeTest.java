package dev.foothold.sample.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.http.CloudProcess;
import dev.foothold.ssh.CollectedOutput;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program that was written for jclouds looks like; the README shows it. */
@Timeout(120)
class UpgradeTest {

    @TempDir
    Path directory;

    @Test
    void aProgramThatWasWrittenForJclouds() throws Exception {
        try (CloudProcess cloud =
                CloudProcess.start(directory.resolve("cloud"), "--zones", "a,b", "--until-stdin-closes")) {
            Map<String, String> settings = Map.of(
                    "endpoint", cloud.url().toString(),
                    "token", cloud.token(),
                    "data-directory", EmbeddedProviderTest.dataDirectory(cloud));
            use(directory.resolve("state"), settings);
        }
    }

    private static void use(Path stateDirectory, Map<String, String> settings) throws InterruptedException {
        List<SshResult> results = new ArrayList<>();
        // tag::use[]
        Base ubuntu = Base.parse("ubuntu@24.04");
        String template = "cores=1 mem=1G";
        try (DefaultProvider web = Foothold.at(stateDirectory).open("embedded", "web", settings)) {
            web.bootstrapEnv(BootstrapParams.on(ubuntu)
                    .constraints(template)
                    .cloudConfig(config -> config.shell("echo installed > /tmp/web")));
            LaunchResult more = web.launch(2, LaunchParams.on(ubuntu).constraints(template));
            more.refusals().forEach((zone, refusal) -> System.err.println(zone + ": " + refusal.getMessage()));

            for (Instance machine : web.instances()) {
                try (SshSession session = web.connect(machine.id())) {
                    CollectedOutput said = new CollectedOutput();
                    SshResult result = session.run(SshCommand.of("uname -r"), said, Duration.ofSeconds(30));
                    System.out.println(result.describe() + ": " + said.out().strip());
                    // end::use[]
                    results.add(result);
                    assertThat(said.out()).isNotBlank();
                    // tag::use[]
                }
            }

            List<InstanceId> stopped =
                    web.stopInstances(List.of(more.started().get(0).id()));
            // end::use[]
            assertThat(results).hasSize(3).allMatch(SshResult::succeeded);
            assertThat(stopped).containsExactly(more.started().get(0).id());
            assertThat(web.instances()).hasSize(2);
            assertThat(web.controllerInstances()).hasSize(1);
            // tag::use[]
            web.destroyEnv();
        }
        // end::use[]
    }
}
