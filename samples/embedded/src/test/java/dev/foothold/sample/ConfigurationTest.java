package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.config.Settings;
import dev.foothold.config.SettingsException;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of configuration. */
class ConfigurationTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    Path state;

    @Test
    void everyFaultIsToldAtOnceWithItsLineAndNoSecretIsShown() throws IOException {
        Path file = RESOURCES.resolve("faulty.yaml");
        Settings settings = Settings.yaml(Files.readString(file), "faulty.yaml");

        assertThatThrownBy(() -> Foothold.at(state).open("embedded", "prod", settings))
                .isInstanceOf(SettingsException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .containsExactlyElementsOf(Files.readAllLines(RESOURCES.resolve("faulty.txt"))));
    }

    @Test
    void settingsComeFromAFileAndFromTheEnvironment() throws IOException {
        Path stateDirectory = state;
        Path yamlFile = Files.writeString(state.resolve("cloud.yaml"), """
                endpoint: https://cloud.example
                timeout: 1m30s
                """);
        Map<String, String> environment = Map.of("EMBEDDED_TOKEN", "hunter2");
        // tag::open[]
        Foothold foothold = Foothold.at(stateDirectory);
        Settings settings =
                Settings.yaml(Files.readString(yamlFile), yamlFile.toString()).withEnvironment(environment);
        try (DefaultProvider provider = foothold.open("embedded", "prod", settings)) {
            System.out.println("ready to bootstrap " + provider.model().name());
        }
        System.out.println(Providers.named("embedded").schema().read(settings)); // secrets are masked
        // end::open[]
        assertThat(Providers.named("embedded").schema().read(settings).toString())
                .contains("1m30s", "EMBEDDED_TOKEN")
                .doesNotContain("hunter2");
    }
}
