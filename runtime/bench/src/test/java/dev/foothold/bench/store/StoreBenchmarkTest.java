package dev.foothold.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBenchmarkTest {

    @TempDir
    Path directory;

    @Test
    void whatIsLostIsSeen() throws Exception {
        Contenders contenders = new Contenders(Contenders.FOOTHOLD, 1, 2, 3, directory);
        contenders.prepare();

        assertThat(contenders.finish()).isEqualTo(6);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void itPrintsATableAndTheTargets() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new StoreBenchmark()
                .run(Options.parse(directory, List.of("rounds=1", "trials=8")), new PrintStream(out, true, "UTF-8"));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| Foothold, 1 contender ", "| bare loop, 8 threads ", "| bare loop, 8 processes ")
                .contains("8 processes: Foothold / bare loop, time")
                .contains("PASS  0.00 ≤ 0.00  changes lost");
        assertThat(directory.resolve("store")).isEmptyDirectory();
    }
}
