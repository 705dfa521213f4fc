package dev.foothold.bench.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorBenchmarkTest {

    /** Some forms are cut by the end of a piece, which only ours sees. */
    @Test
    void allReplaceTheSame_exceptWhatIsCut() {
        List<Pass> passes = RedactorBenchmark.passes(new SampleText(20), 1);
        passes.forEach(Pass::run);

        long others = passes.get(1).shown();
        assertThat(passes.get(2).shown()).isEqualTo(others);
        assertThat(passes.get(0).shown()).isBetween(others - 32 * 60, others);
    }

    @Test
    void itPrintsATableAndTheTarget() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new RedactorBenchmark()
                .run(Options.parse(Path.of("."), List.of("rounds=1", "sizes=1")), new PrintStream(out, true, "UTF-8"));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("| Foothold ", "| String.replace ", "300 MB/s");
    }
}
