package dev.foothold.bench.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Where jclouds has been fetched by a benchmark, tries its client; tests fetch nothing. */
class JcloudsTest {

    private static final Path BUILD = Path.of(System.getProperty("foothold.bench"));

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @BeforeAll
    static void requireServers() throws InterruptedException {
        String problem = Fleet.problem();
        assumeTrue(problem.isEmpty(), problem);
    }

    @Test
    void manyMachinesAreReached() throws Exception {
        requireJclouds();

        new ManyBenchmark().run(options("rounds=1", "sizes=3", "only=jclouds"), out);

        assertThat(said())
                .containsPattern("\\| jclouds +\\| +\\d+\\.\\d\\d \\|")
                .containsPattern("\\| jclouds +\\| +\\d+ \\|")
                .doesNotContain("There is no row");
    }

    @Test
    void aLateMachineIsFound() throws Exception {
        requireJclouds();
        try (Fleet fleet = Fleet.of(1);
                Worker jclouds = Jclouds.start(options(), fleet, out)) {
            String question = "await " + Place.host(0) + ":" + Place.PORT;
            jclouds.send(question);
            fleet.start(0);

            assertThat(jclouds.answer(question)).hasSize(2);
        }
    }

    @Test
    void withoutItThereIsNoRowAndTheReasonIsSaid() throws Exception {
        try (Fleet fleet = Fleet.of(1);
                Worker jclouds = Jclouds.start(Options.parse(directory, List.of()), fleet, out)) {
            assertThat(jclouds).isNull();
        }

        assertThat(said()).startsWith("There is no row for jclouds: it has not been fetched");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void whyItCouldNotBeFetchedIsSaid() throws Exception {
        System.setProperty("maven.home", directory.toString());
        try (Fleet fleet = Fleet.of(1);
                Worker jclouds = Jclouds.start(Options.parse(directory, List.of()), fleet, out)) {
            assertThat(jclouds).isNull();
        } finally {
            System.clearProperty("maven.home");
        }

        assertThat(said())
                .startsWith("There is no row for jclouds, as it could not be fetched: ")
                .contains(directory.resolve("bin/mvn").toString());
    }

    @Test
    void aRowThatFailedSaysSo() {
        Measurement failed = Measurement.of(List.of(ManyBenchmark.FAILED));

        assertThat(ManyBenchmark.table(50, Map.of("jclouds", failed)).toString())
                .containsPattern("\\| jclouds +\\| +failed \\| +– \\| +– \\| +– \\| +– \\|");
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static void requireJclouds() {
        assumeTrue(
                Files.exists(BUILD.resolve("classpath/jclouds.txt")),
                "jclouds has not been fetched; mvn -pl runtime/bench -am package -Dbench=reach-late does so");
    }

    private static Options options(String... words) {
        return Options.parse(BUILD, List.of(words));
    }
}
