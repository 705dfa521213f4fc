package dev.foothold.sample.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo as its first user meets it: a process that is watched, interrupted and killed from outside. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class DemoTest {

    private static final String MARKER = "FOOTHOLD_DEMO_TEST";

    @TempDir
    Path directory;

    private final String id = UUID.randomUUID().toString();

    @Test
    void theDemoGoesTheWholeWayAndLeavesNothing() throws Exception {
        List<String> mounts = mounts();
        Process demo = start();
        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();

        String output = Files.readString(output());
        assertThat(demo.exitValue()).as(output).isZero();
        assertThat(Files.readString(errors())).isEmpty();
        // What only the machine could have written: its own name, from a file of its own.
        Matcher started =
                Pattern.compile("(i-[0-9a-f]+) \\(arch=.*\\) in zone b").matcher(output);
        assertThat(started.find()).as(output).isTrue();
        assertThat(output).contains("| I am " + started.group(1) + ", ");
        assertThat(output).contains("+ the controller on " + started.group(1) + " is at your service, as process ");
        assertThat(output).contains("a  ++  0 -> 2", "b  #+  1 -> 2", "c  ++  0 -> 2");
        assertThat(output)
                .contains("+ model \"demo\": 6 instances deleted in", "nothing left", "the neighbours are untouched");
        assertThat(output)
                .as("no colours and nothing but ASCII in a pipe without a locale")
                .matches("[\\x0A\\x20-\\x7E]*");
        assertNothingIsLeft(mounts);
    }

    @Test
    void theDemoGoesTheWholeWayOnMachinesThatAreDirectories() throws Exception {
        List<String> mounts = mounts();
        Process demo = start("--isolation", "directory");
        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();

        String output = Files.readString(output());
        assertThat(demo.exitValue()).as(output).isZero();
        assertThat(Files.readString(errors())).isEmpty();
        assertThat(output)
                .contains("scripts run in a directory of each machine", "/welcome says: Welcome to the controller.")
                .contains("+ model \"demo\": 6 instances deleted in", "nothing left", "the neighbours are untouched");
        assertNothingIsLeft(mounts);
    }

    static Stream<List<String>> signals() {
        List<List<String>> cases = new ArrayList<>();
        for (String signal : List.of("INT", "TERM")) {
            for (String moment : List.of(
                    "Foothold:",
                    "cloud  ",
                    "asking for small, ubuntu-24.04 in zone a",
                    "no luck in zone a",
                    "knocking at",
                    "not yet",
                    "the machine says",
                    "I am i-",
                    "2  Launch",
                    "4  Destroy")) {
                cases.add(List.of(signal, moment));
            }
        }
        // Each needs a cloud of its own, so the short build takes every other one.
        return Boolean.getBoolean("foothold.quick")
                ? Stream.iterate(0, i -> i < cases.size(), i -> i + 3).map(cases::get)
                : cases.stream();
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalRollsBackAndLeavesNothing(List<String> signalAndMoment) throws Exception {
        String signal = signalAndMoment.get(0);
        List<String> mounts = mounts();
        Process demo = start();
        awaitOutput(demo, signalAndMoment.get(1));

        new ProcessBuilder("kill", "-" + signal, Long.toString(demo.pid()))
                .start()
                .waitFor();

        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue())
                .as(() -> read(output()) + read(errors()))
                .isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(Files.readString(errors())).isEmpty();
        assertNothingIsLeft(mounts);
    }

    @Test
    void evenAKilledDemoLeavesNoProcessAndNoMount() throws Exception {
        List<String> mounts = mounts();
        Process demo = start();
        awaitOutput(demo, "knocking at");

        demo.destroyForcibly().waitFor();

        assertNoProcessIsLeft();
        assertThat(mounts()).isEqualTo(mounts);
    }

    private Process start(String... cloudOptions) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A build that runs in the background ignores the interrupt key, and its children would, too.
                "/usr/bin/env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary(),
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
        command.addAll(List.of(cloudOptions));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(MARKER, id);
        builder.environment().put("LC_ALL", "C");
        return builder.redirectOutput(output().toFile())
                .redirectError(errors().toFile())
                .start();
    }

    private void awaitOutput(Process demo, String words) throws Exception {
        while (demo.isAlive() && !Files.readString(output()).contains(words)) {
            demo.waitFor(2, TimeUnit.MILLISECONDS);
        }
        assertThat(demo.isAlive()).as(() -> read(output()) + read(errors())).isTrue();
    }

    private void assertNothingIsLeft(List<String> mounts) throws Exception {
        assertNoProcessIsLeft();
        assertThat(mounts()).isEqualTo(mounts);
        try (Stream<Path> left = Files.list(temporary())) {
            assertThat(left).isEmpty();
        }
    }

    /** Processes of machines that were killed may need a moment to be gone. */
    private void assertNoProcessIsLeft() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!descendants().isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(descendants()).isEmpty();
    }

    /** Finds processes by a variable that all descendants of the demo inherit, and by its directory. */
    private List<String> descendants() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                String about = read(process.resolve("environ")) + read(process.resolve("cmdline"));
                if (about.contains(MARKER + "=" + id)
                        || about.contains(temporary().toString())) {
                    found.add(process + " " + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        }
        return found;
    }

    private static List<String> mounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts"));
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(directory.resolve("tmp"));
    }

    private Path output() {
        return directory.resolve("out");
    }

    private Path errors() {
        return directory.resolve("err");
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // A process that has ended meanwhile.
            return "";
        }
    }
}
