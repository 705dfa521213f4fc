package dev.foothold.bench.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each benchmark as briefly as it can be; peers besides OpenSSH and sshj are tried by each run itself. */
class ReachBenchmarksTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void requireServers() throws InterruptedException {
        String problem = Fleet.problem();
        if (!problem.isEmpty()) {
            System.out.println("skipped: no machines to reach, because " + problem);
        }
        assumeTrue(problem.isEmpty(), problem);
    }

    @Test
    void oneLoginIsMeasuredBesideSshjAndOpenSsh() throws Exception {
        assertThat(run(new OneBenchmark(), "rounds=1"))
                .containsPattern("\\| Foothold +\\| +\\d+\\.\\d \\|")
                .containsPattern("\\| sshj +\\| +\\d+\\.\\d \\|")
                .containsPattern("\\| ssh, curve25519 +\\| +\\d+\\.\\d \\|")
                .containsPattern("(PASS|MISS) +\\d+\\.\\d\\d [≤>] 45\\.00  Foothold, ms");
    }

    @Test
    void theGoodAddressIsFoundAmongBadOnes() throws Exception {
        assertThat(run(new AmongBenchmark(), "rounds=1"))
                .containsPattern("\\| the good address alone +\\| +\\d+\\.\\d \\|")
                .containsPattern("(PASS|MISS)  \\d+\\.\\d\\d [≤>] 1\\.20  among others / alone");
    }

    @Test
    void manyMachinesAreReachedByAll() throws Exception {
        assertThat(run(new ManyBenchmark(), "rounds=1", "sizes=3", "only=xargs ssh"))
                .containsPattern("\\| xargs ssh +\\| +\\d+\\.\\d\\d \\|")
                .containsPattern("(PASS|MISS)  \\d+\\.\\d\\d [≤>] 1\\.05  3 machines: Foothold / sshj");
    }

    @Test
    void aLateMachineIsFound() throws Exception {
        try (Fleet fleet = Fleet.of(1);
                Worker ours = Clients.foothold(options(), fleet.place())) {
            String question = "await " + Place.host(0) + ":" + Place.PORT;
            ours.send(question);
            fleet.start(0);

            assertThat(ours.answer(question)).hasSize(2);
        }
    }

    @Test
    void whatAClientCannotDoIsSaid() throws Exception {
        try (Fleet fleet = Fleet.of(1);
                Worker ours = Clients.foothold(options(), fleet.place())) {
            assertThatThrownBy(() -> ours.ask("one 1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Foothold, one 1: ")
                    .hasMessageContaining(Place.host(0));
        }
    }

    @Test
    void aClientThatDoesNotAnswerIsEndedAndSaidToHang() throws Exception {
        try (Fleet fleet = Fleet.of(1);
                Worker ours = Clients.foothold(options(), fleet.place())) {
            String question = "await " + Place.host(0) + ":" + Place.PORT;
            ours.send(question);

            assertThatThrownBy(() -> ours.answer(question, Duration.ofMillis(100)))
                    .isInstanceOf(HungException.class)
                    .hasMessage("Foothold, " + question + ": no answer within 0.1 s.");
            assertThatThrownBy(() -> ours.ask("peak"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(HungException.class);
        }
    }

    @Test
    void aToolThatReachesTooFewIsNotTakenForAFastOne() throws Exception {
        Tool tool = new Tool("echo", List.of("echo", Place.MARK), Map.of(), directory.resolve("log"));
        tool.run();
        tool.requireReached(1);

        assertThatThrownBy(() -> tool.requireReached(2))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("echo has reached 1 of 2 machines:");
    }

    @Test
    void aClosedFleetLeavesNothing() throws Exception {
        Path place;
        try (Fleet fleet = Fleet.of(2)) {
            fleet.startAll(2);
            place = fleet.place().directory();
        }

        assertThat(place).doesNotExist();
        // The addresses are free again.
        try (Fleet fleet = Fleet.of(2)) {
            fleet.startAll(2);
        }
    }

    private String run(Benchmark benchmark, String... words) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        benchmark.run(options(words), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private Options options(String... words) throws IOException {
        Path build = Path.of(System.getProperty("foothold.bench"));
        assertThat(Files.exists(build.resolve("classpath/runtime.txt"))).isTrue();
        return Options.parse(build, List.of(words));
    }
}
