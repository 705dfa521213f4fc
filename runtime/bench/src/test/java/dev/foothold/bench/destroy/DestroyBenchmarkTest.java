package dev.foothold.bench.destroy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestroyBenchmarkTest {

    @TempDir
    Path directory;

    @Test
    void theLeastCountsEveryBatchEveryPageAndTwoEmptyListingsOfEachKind() {
        assertThat(Emptied.fewestCalls(10_000)).isEqualTo(100 + 50 + 10 + 5 + 4);
        assertThat(Emptied.shortest(10_000, Duration.ofMillis(50))).isEqualTo((2 + 7 + 1 + 2 + 4 + 2) * 0.05);
    }

    @Test
    void withoutFaultsNoCallIsMadeThatIsNotNeeded() throws Exception {
        Emptied emptied = Emptied.measure(directory, 2_000, 0, Duration.ZERO, false);

        assertThat(emptied.calls()).isEqualTo(Emptied.fewestCalls(2_000));
    }

    @Test
    void everyRateOfFaultsHasARow() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new DestroyBenchmark()
                .run(
                        Options.parse(directory, List.of("rounds=1", "sizes=200")),
                        new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| Foothold, faults 0 % ", "| Foothold, faults 5 % ", "| Foothold, faults 20 % ")
                .contains("most calls / fewest possible", "time / shortest possible", "live heap / without faults");
    }
}
