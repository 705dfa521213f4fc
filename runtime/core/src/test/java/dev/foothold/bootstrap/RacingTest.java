package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes bootstrap one model at the same time, many times over. */
@Timeout(120)
class RacingTest {

    private static final int RACES = 200;

    @TempDir
    Path directory;

    private record Runner(Process process, BufferedReader output) {

        String line() throws IOException {
            String line = output.readLine();
            assertThat(line).as("a process that goes on").isNotNull();
            return line;
        }

        void tell(String model) throws IOException {
            process.getOutputStream().write((model + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }
    }

    @Test
    @Tag("D-3")
    void ofTwoProcessesOneWins() throws Exception {
        Path machines = Files.createDirectory(directory.resolve("machines"));
        List<Runner> runners = new ArrayList<>();
        try {
            runners.add(runner(machines));
            runners.add(runner(machines));
            for (Runner runner : runners) {
                assertThat(runner.line()).isEqualTo("ready");
            }
            int[] wins = new int[2];
            for (int race = 0; race < RACES; race++) {
                // Who is told first has an advantage, which both shall have.
                runners.get(race % 2).tell("race-" + race);
                runners.get(1 - race % 2).tell("race-" + race);
                List<String> outcomes =
                        List.of(runners.get(0).line(), runners.get(1).line());
                assertThat(outcomes).as("race %s", race).containsOnlyOnce("won");
                wins[outcomes.indexOf("won")]++;
                assertThat(outcomes.get(1 - outcomes.indexOf("won")))
                        .as("what the loser of race %s is told", race)
                        .containsPattern("already bootstrapped|process \\d+ on host .*; it is alive|ended just now");
            }
            System.out.printf("%d races of two processes: won %d and %d%n", RACES, wins[0], wins[1]);
            assertThat(wins).as("wins of each, which both have").doesNotContain(0);
            try (Stream<Path> files = Files.list(machines)) {
                assertThat(files).as("machines").hasSize(RACES);
            }
        } finally {
            runners.forEach(runner -> runner.process.destroyForcibly());
        }
    }

    private Runner runner(Path machines) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Racer.class.getName(),
                        directory.resolve("state").toString(),
                        machines.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Runner(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }
}
