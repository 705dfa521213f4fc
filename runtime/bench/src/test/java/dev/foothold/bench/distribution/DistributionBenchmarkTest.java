package dev.foothold.bench.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bench.Options;
import dev.foothold.instance.InstanceId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistributionBenchmarkTest {

    @Test
    void theOriginalChoosesByTheId_oursByTheZone() throws Exception {
        Inventory inventory = Inventory.of(20_000);
        List<Answer> answers = Answer.all(inventory);
        for (Answer answer : answers) {
            answer.run();
        }

        Set<String> emptiest = new HashSet<>();
        Collection<?> ours = (Collection<?>) answers.get(2).answer();
        ours.forEach(id -> emptiest.add(inventory.candidateZones().get((InstanceId) id)));
        assertThat(ours).hasSizeLessThan(100);
        assertThat(emptiest).hasSizeLessThan(20);
        assertThat((Collection<?>) answers.get(3).answer()).hasSizeGreaterThan(1_000);
    }

    @Test
    void itPrintsTablesAndTargets() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new DistributionBenchmark()
                .run(
                        Options.parse(Path.of("."), List.of("rounds=1", "sizes=2000")),
                        new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| Foothold, allocations and choice ", "| the original's rule ", "| sequence, each machine ")
                .contains("Foothold, allocations / counting pass", "counts and explanations, ms", "sequence, ns each");
    }
}
