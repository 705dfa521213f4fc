package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider as a module of its own: compiled, provided and found on the module path. */
class ModulePathTest {

    @TempDir
    Path directory;

    @Test
    void aProviderInAModule_compilesWithoutWarningsAndIsFoundOnTheModulePath() throws Exception {
        Path descriptor = Files.writeString(directory.resolve("module-info.java"), """
                /** A cloud. */
                module acme.cloud {
                    requires transitive dev.foothold.runtime;

                    exports acme;

                    provides dev.foothold.provider.ProviderFactory with
                            acme.AcmeEnvironProviderFactory;
                }
                """);
        Path config = Files.writeString(directory.resolve("AcmeConfig.java"), """
                package acme;

                import dev.foothold.annotation.Setting;
                import java.net.URI;

                /**
                 * Says where the cloud is.
                 *
                 * @param endpoint where its API listens
                 * @param region where machines are
                 */
                public record AcmeConfig(URI endpoint, @Setting(defaultValue = "north") String region) {}
                """);
        Path environ = Files.writeString(directory.resolve("AcmeEnviron.java"), NeighboursTest.environ("""
                    private final AcmeConfig config;

                    /**
                     * Creates it.
                     *
                     * @param config where the cloud is
                     */
                    public AcmeEnviron(AcmeConfig config) {
                        this.config = config;
                    }

                    /**
                     * Says where machines are.
                     *
                     * @return the region
                     */
                    public String region() {
                        return config.region();
                    }
                """));
        Path main = Files.writeString(directory.resolve("Main.java"), """
                package acme;

                import dev.foothold.provider.Foothold;
                import dev.foothold.provider.ProviderFactory;
                import dev.foothold.provider.Providers;
                import java.nio.file.Path;
                import java.util.Map;

                final class Main {
                    private Main() {}

                    public static void main(String[] args) throws Exception {
                        for (ProviderFactory factory : Providers.all()) {
                            System.out.println(factory.getClass().getModule() + " has " + factory.name());
                        }
                        Map<String, String> settings = Map.of("endpoint", "https://acme.example");
                        try (var provider = Foothold.at(Path.of(args[0])).open("acme", "test", settings)) {
                            System.out.println(provider.getClass().getModule() + " has " + provider.instances());
                        }
                    }
                }
                """);
        Path classes = directory.resolve("classes");

        String printed = Programs.run(
                "javac",
                List.of(
                        "-Xlint:all,-processing",
                        "-Werror",
                        "-p",
                        Programs.RUNTIME,
                        "-processorpath",
                        Programs.PROCESSOR,
                        "-d",
                        classes.toString(),
                        descriptor.toString(),
                        config.toString(),
                        environ.toString(),
                        main.toString()),
                directory);
        assertThat(printed).isEmpty();

        // There is no class path; what is found is found by what the module provides, not by the index.
        Files.delete(classes.resolve("META-INF/services/dev.foothold.provider.ProviderFactory"));
        String run = Programs.run(
                "java",
                List.of(
                        "-p",
                        Programs.join(classes.toString(), Programs.RUNTIME),
                        "-m",
                        "acme.cloud/acme.Main",
                        directory.resolve("state").toString()),
                directory);
        assertThat(run.lines().filter(line -> !line.startsWith("SLF4J")))
                .containsExactly("module acme.cloud has acme", "module acme.cloud has []");
    }
}
