package dev.foothold.bench.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what needs nothing from elsewhere; the peers are tried by each run of the benchmark itself. */
class CompileBenchmarkTest {

    @TempDir
    Path directory;

    @BeforeEach
    void whatTheBuildLeaves() throws IOException {
        Path classPaths = Files.createDirectory(directory.resolve("classpath"));
        for (String file : List.of("runtime.txt", "processor.txt")) {
            Files.copy(Path.of(System.getProperty("foothold.bench"), "classpath", file), classPaths.resolve(file));
        }
    }

    @Test
    void oneRoundMeasuresAndJudgesTheTargets() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new CompileBenchmark()
                .run(
                        options("rounds=1", "sizes=2", "only=pre-generated"),
                        new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| 2 classes +\\|")
                .containsPattern("\\| Foothold +\\| +\\d+\\.\\d\\d \\|.*\\| +1\\.00 \\|.*\\| +3\\.5 \\|")
                .containsPattern("\\| string writer +\\|.*\\| +3\\.5 \\|")
                .containsPattern("\\| pre-generated +\\|.*\\| +0\\.0 \\|")
                .containsPattern("(PASS|MISS)  \\d+\\.\\d\\d [≤>] 1\\.25  2 classes: Foothold / string writer")
                .containsPattern("(PASS|MISS)  \\d+\\.\\d\\d [≤>] 1\\.40  2 classes: Foothold / pre-generated");
    }

    @Test
    void aContenderThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> new CompileBenchmark().run(options("only=AutoValues"), System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only=AutoValues: there is none of that name. Foothold and the string writer are always"
                        + " measured; besides there are [AutoFactory, AutoValue, AutoValue alone, MapStruct,"
                        + " pre-generated, record-builder].");
    }

    @Test
    void aCompilationThatFailsIsNotTakenForAFastOne() throws Exception {
        Path broken = Files.writeString(directory.resolve("Broken.java"), "class Broken { Missing missing; }");
        Compilation compilation =
                new Compilation("broken", directory.resolve("work"), List.of(broken), List.of(), List.of());
        compilation.prepare();

        assertThatThrownBy(compilation::run)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("broken: javac ended with 1 and said")
                .hasMessageContaining("Missing");
    }

    @Test
    void everyRunStartsWithEmptyOutput() throws Exception {
        Compilation compilation = new Compilation("none", directory.resolve("work"), List.of(), List.of(), List.of());
        compilation.prepare();
        Files.writeString(compilation.classes().resolve("Old.class"), "");
        Files.writeString(
                Files.createDirectory(compilation.generated().resolve("old")).resolve("Old.java"), "");

        compilation.prepare();

        assertThat(compilation.classes()).isEmptyDirectory();
        assertThat(compilation.generated()).isEmptyDirectory();
    }

    @Test
    void allContendersHaveTheSamePropertiesUnderTheSameNumber() {
        List<Sources> all = new ArrayList<>(Arrays.asList(Peer.values()));
        all.add(new ProviderSources());
        for (Sources sources : all) {
            Map<String, String> files = sources.of("0042");
            assertThat(files.keySet()).allMatch(path -> path.startsWith("acme/Cloud0042"));
            assertThat(String.join("\n", files.values()))
                    .doesNotContain("0000")
                    .contains("Cloud0042")
                    .contains(
                            "URI endpoint",
                            "Duration timeout",
                            "int retries",
                            "long quota",
                            "boolean verifyTls",
                            "Path cacheDir",
                            "Size size",
                            "String accessKey")
                    .containsAnyOf("String secretKey", "Secret secretKey");
        }
    }

    private Options options(String... words) {
        return Options.parse(directory, List.of(words));
    }
}
