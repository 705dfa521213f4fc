package dev.foothold.sample.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.destroy.DestroyException;
import dev.foothold.destroy.DestroyParams;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.destroy.ModelProtectedException;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.http.CloudProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a model is taken down; the README shows it. */
@Timeout(60)
class TearDownTest {

    @TempDir
    Path directory;

    @Test
    void aModelIsProtectedPlannedAndTakenDown() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(
                        directory.resolve("cloud"), "--isolation", "directory", "--until-stdin-closes");
                DefaultProvider provider = Foothold.at(directory.resolve("state"))
                        .open("minimal", "prod", Map.of("endpoint", cloud.url() + "/v1/", "token", cloud.token()))) {
            provider.launch(2, LaunchParams.on(Base.parse("ubuntu@24.04")));
            takeDown(provider, directory.resolve("receipt.json"));

            assertThat(provider.instances()).isEmpty();
            assertThat(directory.resolve("receipt.json")).content().contains("\"deleted\"", "\"instance\"");
        }
    }

    private static void takeDown(DefaultProvider provider, Path file) throws Exception {
        // tag::takeDown[]
        provider.protect("it serves customers");
        System.out.println(provider.destroyPlan().describe());
        // end::takeDown[]
        assertThat(provider.protection()).hasValue("it serves customers");
        // tag::takeDown[]
        try {
            provider.destroyEnv();
        } catch (ModelProtectedException refused) {
            System.out.println(refused.getMessage());
            provider.unprotect();
        }

        try {
            DestroyReceipt receipt =
                    provider.destroyEnv(DestroyParams.defaults().within(Duration.ofMinutes(5)));
            System.out.println(receipt.describe());
            Files.writeString(file, receipt.toJson());
        } catch (DestroyException unfinished) {
            unfinished.receipt().kept().forEach(item -> System.err.println(item.describe()));
            throw unfinished;
        }
        // end::takeDown[]
    }
}
