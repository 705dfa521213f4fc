package dev.foothold.sample.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.event.render.TerminalEvents;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.http.CloudProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How a provider is used; the README shows it. */
@Timeout(60)
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "needs machines with a root file system of their own, which takes root on Linux")
class UseTest {

    @TempDir
    Path directory;

    @Test
    void aProviderIsOpenedUsedAndDestroyed() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory.resolve("cloud"), "--until-stdin-closes")) {
            use(directory.resolve("state"), Map.of("endpoint", cloud.url() + "/v1/", "token", cloud.token()));
        }
    }

    private static void use(Path stateDirectory, Map<String, String> settings) throws Exception {
        // tag::use[]
        Base ubuntu = Base.parse("ubuntu@24.04");
        Foothold foothold = Foothold.at(stateDirectory).withEvents(TerminalEvents.standardError());
        try (DefaultProvider provider = foothold.open("minimal", "prod", settings)) {
            BootstrapResult controller = provider.bootstrapEnv(BootstrapParams.on(ubuntu)
                    .cloudConfig(c -> c.file("/etc/motd", "hello\n").run("cat", "/etc/motd"))
                    .within(Duration.ofMinutes(10)));
            System.out.println("log in to " + controller.address());

            List<Instance> more = provider.launch(2, LaunchParams.on(ubuntu)).started();
            System.out.println(more.size() + " more are booting");

            DestroyReceipt receipt = provider.destroyEnv();
            System.out.println(receipt.describe());
            // end::use[]
            assertThat(more).hasSize(2);
            assertThat(receipt.deleted()).hasSize(3);
            // tag::use[]
        }
        // end::use[]
    }
}
