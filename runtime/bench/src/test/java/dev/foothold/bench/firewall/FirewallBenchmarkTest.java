package dev.foothold.bench.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark as briefly as it can be. */
@Tag("namespaces")
class FirewallBenchmarkTest {

    @TempDir
    Path directory;

    @Test
    void bothToolsAreMeasured() throws Exception {
        String problem = WalledServer.problem();
        if (!problem.isEmpty()) {
            System.out.println("skipped: no machine with a firewall, because " + problem);
        }
        assertThat(problem.isEmpty() || !"true".equals(System.getenv("CI")))
                .as(problem)
                .isTrue();
        assumeTrue(problem.isEmpty(), problem);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new FirewallBenchmark()
                .run(Options.parse(directory, List.of("rounds=1", "trials=3")), new PrintStream(out, true, "UTF-8"));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| nft +\\| +\\d+ \\|")
                .containsPattern("\\| iptables +\\| +\\d+ \\|")
                .contains("PASS  3.00 ≤ 4.00  nft: commands of a whole change")
                .contains("PASS  1.00 ≤ 1.00  iptables: handshakes of a whole change");
    }
}
