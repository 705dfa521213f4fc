package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Other processors on the same processor path, before ours and after it. What ours generates is what it generates without
 * the other, given what the other has generated.
 */
class NeighboursTest {

    /** Another processor, its jars, and a provider that uses what it makes. */
    private record Neighbour(String name, String jars, Map<String, String> sources) {

        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    Path directory;

    static Stream<Neighbour> neighbours() {
        return Stream.of(lombok(), autoValue(), recordBuilder());
    }

    /** Changes classes that are being compiled, where other processors only add. */
    private static Neighbour lombok() {
        return new Neighbour(
                "Lombok",
                Programs.jars("lombok"),
                Map.of("AcmeConfig", """
                        package acme;

                        import dev.foothold.annotation.Setting;
                        import java.net.URI;

                        record AcmeConfig(@Setting(doc = "Where the API listens.") URI endpoint) {}
                        """, "AcmeClient", """
                        package acme;

                        import java.net.URI;
                        import lombok.Builder;
                        import lombok.Value;

                        @Value
                        @Builder
                        class AcmeClient {
                            URI endpoint;
                            int retries;
                        }
                        """, "AcmeEnviron", environ("""
                                private final AcmeClient client;

                                AcmeEnviron(AcmeConfig config) {
                                    client = AcmeClient.builder().endpoint(config.endpoint()).retries(3).build();
                                }

                                @Override
                                public String toString() {
                                    return client.getEndpoint() + " " + client.getRetries();
                                }
                            """)));
    }

    /** Generates a class that the provider mentions, in the round in which ours reads the provider. */
    private static Neighbour autoValue() {
        return new Neighbour(
                "AutoValue",
                Programs.jars("auto-value", "auto-value-annotations"),
                Map.of("AcmeLimits", """
                        package acme;

                        import com.google.auto.value.AutoValue;

                        @AutoValue
                        abstract class AcmeLimits {
                            abstract int machines();
                        }
                        """, "AcmeConfig", """
                        package acme;

                        import java.net.URI;

                        record AcmeConfig(URI endpoint) {}
                        """, "AcmeEnviron", environ("""
                                private final AutoValue_AcmeLimits limits;

                                AcmeEnviron(AcmeConfig config) {
                                    this(config, new AutoValue_AcmeLimits(config.endpoint().getPort()));
                                }

                                private AcmeEnviron(AcmeConfig config, AutoValue_AcmeLimits limits) {
                                    this.limits = limits;
                                }

                                @Override
                                public String toString() {
                                    return "at most " + limits.machines();
                                }
                            """)));
    }

    /** Generates the record that the provider is configured by, in the round in which ours would read it. */
    private static Neighbour recordBuilder() {
        return new Neighbour(
                "record-builder",
                Programs.jars("record-builder-processor", "record-builder-core"),
                Map.of("AcmeSettings", """
                        package acme;

                        import io.soabase.recordbuilder.core.RecordInterface;
                        import java.net.URI;

                        @RecordInterface
                        public interface AcmeSettings {
                            URI endpoint();

                            int retries();
                        }
                        """, "AcmeEnviron", environ("""
                                private final AcmeSettings settings;

                                AcmeEnviron(AcmeSettingsRecord settings) {
                                    this.settings = settings;
                                }

                                @Override
                                public String toString() {
                                    return settings.endpoint() + " " + settings.retries();
                                }
                            """)));
    }

    /** A whole provider around what a case is about. */
    static String environ(String members) {
        return """
                package acme;

                import dev.foothold.annotation.Provider;
                import dev.foothold.environ.Environ;
                import dev.foothold.environ.StartInstanceParams;
                import dev.foothold.instance.Instance;
                import dev.foothold.instance.InstanceId;
                import dev.foothold.model.Tags;
                import java.util.List;

                /** Answers for the cloud. */
                @Provider("acme")
                public final class AcmeEnviron implements Environ {
                %s
                    @Override
                    public Instance startInstance(StartInstanceParams params) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void stopInstance(InstanceId id) {}

                    @Override
                    public List<Instance> allInstances(Tags owner) {
                        return List.of();
                    }
                }
                """.formatted(members);
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void anotherProcessor_makesNoDifferenceToWhatIsGenerated(Neighbour neighbour) throws Exception {
        List<String> sources = new ArrayList<>();
        for (var source : new TreeMap<>(neighbour.sources()).entrySet()) {
            sources.add(Files.writeString(directory.resolve(source.getKey() + ".java"), source.getValue())
                    .toString());
        }
        List<String> before = List.of("-processorpath", Programs.join(Programs.PROCESSOR, neighbour.jars()));
        Path out = compile(sources, neighbour, before);
        Map<String, String> ours = ours(out);
        assertThat(ours)
                .containsKeys(
                        "acme/AcmeEnvironDefaultProvider.java",
                        "acme/AcmeEnvironProviderFactory.java",
                        "META-INF/services/dev.foothold.provider.ProviderFactory");

        List<String> after =
                List.of("-proc:only", "-processorpath", Programs.join(neighbour.jars(), Programs.PROCESSOR));
        assertThat(ours(compile(sources, neighbour, after))).isEqualTo(ours);

        Programs.textFiles(out).keySet().stream()
                .filter(file -> file.endsWith(".java") && !ours.containsKey(file))
                .forEach(file -> sources.add(out.resolve(file).toString()));
        List<String> alone = List.of("-proc:only", "-processorpath", Programs.PROCESSOR);
        assertThat(Programs.textFiles(compile(sources, neighbour, alone))).isEqualTo(ours);
    }

    private Path compile(List<String> sources, Neighbour neighbour, List<String> options) throws Exception {
        Path out = Files.createTempDirectory(directory, "out");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", Programs.join(Programs.RUNTIME, neighbour.jars())));
        arguments.addAll(List.of("-d", out.toString(), "-s", out.toString()));
        arguments.addAll(sources);
        assertThat(Programs.run("javac", arguments, directory))
                .as("nothing of ours")
                .doesNotContainPattern("(error|warning): \\[[A-Z]");
        return out;
    }

    private static Map<String, String> ours(Path out) {
        Map<String, String> files = Programs.textFiles(out);
        files.keySet().removeIf(file -> !file.startsWith("META-INF/") && !file.startsWith("acme/AcmeEnviron"));
        return files;
    }
}
