package dev.foothold.sample.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.config.SettingsException;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.DefaultZonedProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.ProviderFactory;
import dev.foothold.provider.Providers;
import dev.foothold.sample.minimal.MinimalEnvironDefaultProvider;
import dev.foothold.simulator.http.CloudProcess;
import dev.foothold.simulator.machine.Isolation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Annotated classes, what the processor made of them, and the runtime together, over HTTP. */
@Timeout(120)
class EmbeddedProviderTest {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");
    private static final BootstrapParams PARAMS = BootstrapParams.on(UBUNTU)
            .arch(Neighbours.hostArch())
            .within(Duration.ofMinutes(1))
            .cloudConfig(config -> config.shell("echo ready"));

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static CloudProcess cloud;

    @BeforeAll
    static void startCloud() throws Exception {
        cloud = CloudProcess.start(shared.resolve("cloud"), "--zones", "a,b,c", "--until-stdin-closes");
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    private static Map<String, String> settings() {
        return Map.of(
                "endpoint", cloud.url().toString(), "token", cloud.token(), "data-directory", dataDirectory(cloud));
    }

    /** Machines that are directories cannot write where others do. */
    static String dataDirectory(CloudProcess cloud) {
        return cloud.isolation().equals(Optional.of(Isolation.DIRECTORY)) ? "var/lib/foothold" : Environ.DATA_DIRECTORY;
    }

    @Test
    void providersAreFoundByTheirNames() {
        assertThat(Providers.all()).extracting(ProviderFactory::name).containsExactly("embedded", "minimal");
        assertThatThrownBy(() -> Providers.named("embeded")).hasMessageContainingAll("embeded", "embedded, minimal");
    }

    @Test
    void allMissingSettingsAreNamedAtOnce() {
        assertThatThrownBy(() -> Foothold.at(directory).open("embedded", "prod", Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("endpoint", "EMBEDDED_ENDPOINT", "token", "EMBEDDED_TOKEN");
    }

    @Test
    void aWrongTokenIsAnInvalidCredentialAndIsNotShown() throws Exception {
        Map<String, String> wrong = Map.of("endpoint", cloud.url().toString(), "token", "s3cret-but-wrong");
        try (DefaultProvider provider = Foothold.at(directory).open("embedded", "prod", wrong)) {
            assertThatThrownBy(provider::instances)
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            e -> assertThat(e.kind()).isEqualTo(CloudException.Kind.CREDENTIAL_INVALID))
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void aSecondProcessWithTheSameStateSeesTheSameMachines() throws Exception {
        try (DefaultZonedProvider provider = Foothold.at(directory)
                .open("embedded", "shared", settings())
                .zoned()
                .orElseThrow()) {
            provider.bootstrapEnv(PARAMS);
            provider.launch(2, LaunchParams.on(UBUNTU).arch(Neighbours.hostArch()));
            List<Instance> here = provider.instances();

            assertThat(listInAnotherProcess("shared"))
                    .containsExactlyInAnyOrderElementsOf(here.stream()
                            .map(instance ->
                                    instance.id() + " " + instance.zone().orElseThrow())
                            .toList())
                    .hasSize(3);
            provider.destroyEnv();
            assertThat(listInAnotherProcess("shared")).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "user.name",
            matches = "root",
            disabledReason = "needs machines with a root file system of their own, which takes root on Linux")
    void fortyLinesAreEnoughForAProvider() throws Exception {
        Foothold foothold = Foothold.at(directory);
        ModelSettings model = foothold.model("forty");
        Map<String, String> settings = Map.of("endpoint", cloud.url() + "/v1/", "token", cloud.token());
        try (DefaultProvider provider = foothold.open("minimal", "forty", settings)) {
            assertThat(provider).isInstanceOf(MinimalEnvironDefaultProvider.class);
            assertThat(provider.zoned()).isEmpty();
            assertThat(provider.model().name()).isEqualTo(model.name());

            BootstrapResult result = provider.bootstrapEnv(PARAMS);

            assertThat(provider.instances())
                    .extracting(Instance::id)
                    .containsExactly(result.instance().id());
            assertThat(provider.launch(2, LaunchParams.on(UBUNTU)).started()).hasSize(2);
            assertThat(provider.destroyEnv().deleted()).hasSize(3);
        }
    }

    private List<String> listInAnotherProcess(String model) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ListMachines.class.getName(),
                directory.toString(),
                model);
        builder.environment().put("EMBEDDED_ENDPOINT", cloud.url().toString());
        builder.environment().put("EMBEDDED_TOKEN", cloud.token());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }
}
