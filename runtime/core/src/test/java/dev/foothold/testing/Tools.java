package dev.foothold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the real programs. Where one is missing, tests are skipped; not so if {@code CI} is {@code true}. */
public final class Tools {

    private static final long LIMIT_SECONDS = 120;

    private Tools() {}

    /** How a program ended. */
    public record Result(int exit, String stdout, String stderr) {}

    /** Ends the test here if a program is missing. */
    public static void require(String... programs) {
        for (String program : programs) {
            boolean installed = List.of("/usr/bin", "/bin", "/usr/sbin").stream()
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
            requireThat(installed, program + " is not installed");
        }
    }

    /** Ends the test here unless something is so. */
    public static void requireThat(boolean condition, String problem) {
        if (!condition) {
            System.out.println("skipped: " + problem);
        }
        assertThat(condition || !"true".equals(System.getenv("CI")))
                .as("where CI=true it must not be that %s", problem)
                .isTrue();
        assumeTrue(condition, problem);
    }

    public static Result run(String input, String... command) throws IOException, InterruptedException {
        return run(Map.of(), input, command);
    }

    public static Result run(Map<String, String> environment, String input, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("foothold", ".out");
        Path err = Files.createTempFile("foothold", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
            builder.environment().putAll(environment);
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading everything, which is told by how it ended.
            }
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).as("%s ends", List.of(command)).isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
