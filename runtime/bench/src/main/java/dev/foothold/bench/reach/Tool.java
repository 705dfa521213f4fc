package dev.foothold.bench.reach;

import dev.foothold.bench.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that reaches machines, started anew each time as its users do.
 *
 * @param name what it is called in the results
 * @param command its command line
 * @param environment what is set for it besides what is set anyway
 * @param log takes what it writes
 */
record Tool(String name, List<String> command, Map<String, String> environment, Path log) implements Trial {

    private static final long PATIENCE_MINUTES = 3;

    @Override
    public void prepare() {}

    @Override
    public void run() throws IOException, InterruptedException {
        Process process = start();
        boolean ended = false;
        try {
            ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } finally {
            end(process);
        }
        if (!ended || process.exitValue() != 0) {
            throw new IOException(
                    name + (ended ? " ended with " + process.exitValue() : " did not end") + " and said\n" + said());
        }
    }

    Process start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Makes sure that so many machines have done what they were told. */
    void requireReached(int machines) throws IOException {
        int reached = said().split(Place.MARK, -1).length - 1;
        if (reached < machines) {
            throw new IOException(name + " has reached " + reached + " of " + machines + " machines:\n" + said());
        }
    }

    /** Gives what it wrote the last time. */
    String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Tells whether there is a program of a name. */
    static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
