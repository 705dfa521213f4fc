package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds that what is generated is the same bytes for everybody: whichever JDK compiles, in which directory, order of files,
 * language, time zone and default charset. Each compilation is a javac process of its own, with the JDK that runs the tests
 * and one of each other version that is installed beside it.
 */
class EveryJdkTest {

    private static final Path GOOD = Sources.RESOURCES.resolve("good");
    private static final Path EXPECTED = Sources.RESOURCES.resolve("expected");
    private static final String INDEX = "META-INF/services/dev.foothold.provider.ProviderFactory";
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    @TempDir
    static Path directory;

    private static Map<String, String> expected;
    private static List<Path> sources;

    private record Jdk(int version, Path home) {

        static Jdk ofTheTests() {
            return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        }

        /** Reads what is installed in a directory, if it is a JDK. */
        static Stream<Jdk> in(Path home) {
            Path release = home.resolve("release");
            if (!Files.exists(release) || !Files.exists(home.resolve("bin/javac"))) {
                return Stream.empty();
            }
            Matcher version = VERSION.matcher(EveryJdkTest.text(release));
            return version.find() ? Stream.of(new Jdk(Integer.parseInt(version.group(1)), home)) : Stream.empty();
        }

        @Override
        public String toString() {
            return "javac " + version;
        }
    }

    static List<Jdk> jdks() throws IOException {
        Map<Integer, Jdk> jdks = new TreeMap<>();
        try (Stream<Path> installed = Files.list(Jdk.ofTheTests().home().getParent())) {
            installed
                    .sorted()
                    .flatMap(Jdk::in)
                    .filter(jdk -> jdk.version() >= 17)
                    .forEach(jdk -> jdks.put(jdk.version(), jdk));
        }
        jdks.put(Jdk.ofTheTests().version(), Jdk.ofTheTests());
        return List.copyOf(jdks.values());
    }

    @BeforeAll
    static void readTheGoodCases() throws IOException {
        expected = new TreeMap<>();
        List<String> factories = new ArrayList<>();
        for (Path file : Sources.files(EXPECTED)) {
            Path inCase = EXPECTED.relativize(file);
            String name = slashed(inCase.subpath(1, inCase.getNameCount()));
            if (name.equals(INDEX)) {
                factories.addAll(Files.readAllLines(file));
            } else {
                expected.put(name, text(file));
            }
        }
        Collections.sort(factories);
        expected.put(INDEX, String.join("\n", factories) + "\n");
        sources = new ArrayList<>(Sources.files(GOOD));
        Collections.shuffle(sources, new Random(17));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void anotherLanguageTimeZoneCharsetDirectoryAndOrder_makeNoDifference(Jdk jdk) throws Exception {
        Path out = Files.createDirectories(directory.resolve("somewhere else " + jdk.version()));
        String output = javac(
                jdk,
                List.of("-J-Duser.language=ar", "-J-Duser.country=EG", "-J-Duser.timezone=Pacific/Apia"),
                List.of("-cp", Sources.runtimePath(), "-Xlint:all,-processing", "-Werror"),
                sources,
                out);
        assertThat(output).isEmpty();
        assertThat(generated(out)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void anExportedPackageOfAModuleThatProvidesTheFactories_compilesWithoutWarnings(Jdk jdk) throws Exception {
        Path out = Files.createDirectories(directory.resolve("module-" + jdk.version()));
        Path descriptor = Files.createDirectories(directory.resolve("descriptor-" + jdk.version()))
                .resolve("module-info.java");
        Files.writeString(
                descriptor,
                "/** Uses the runtime. */ module acme.cloud { requires transitive dev.foothold.runtime; exports acme;"
                        + " provides dev.foothold.provider.ProviderFactory with "
                        + expected.get(INDEX).strip().replace("\n", ", ") + "; }");
        List<Path> all = new ArrayList<>(sources);
        all.add(descriptor);
        // Turkish has another lower case of I.
        String output = javac(
                jdk,
                List.of("-J-Duser.language=tr", "-J-Duser.country=TR"),
                List.of("-p", Sources.runtimePath(), "-Xlint:all,-processing", "-Werror"),
                all,
                out);
        assertThat(output).isEmpty();
        Map<String, String> files = generated(out);
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        assertThat(files).containsEntry(INDEX, expected.get(INDEX));
    }

    @Test
    void lettersBeyondAscii_areWrittenAsTheyAreRead() throws Exception {
        Path source = Files.createDirectories(directory.resolve("beyond-ascii")).resolve("Zürich.java");
        Files.writeString(source, """
                package acme;

                @dev.foothold.annotation.Provider(value = "zuerich", description = "Zürich — ☁")
                class Zürich implements dev.foothold.environ.Environ {}
                """);
        Path out = Files.createDirectories(directory.resolve("beyond-ascii-out"));
        Jdk jdk = Jdk.ofTheTests();
        assertThat(javac(jdk, List.of(), List.of("-cp", Sources.runtimePath()), List.of(source), out))
                .isEmpty();
        assertThat(generated(out)).containsKeys("acme/ZürichDefaultProvider.java", "acme/ZürichProviderFactory.java");
        assertThat(generated(out).values()).anyMatch(text -> text.contains("\"Zürich — ☁\""));
        assertThat(generated(out)).containsEntry(INDEX, "acme.ZürichProviderFactory\n");
    }

    /** Compiles in a process whose default charset is ASCII, and gives what it printed. */
    private static String javac(Jdk jdk, List<String> launcher, List<String> options, List<Path> sources, Path out)
            throws Exception {
        List<String> command =
                new ArrayList<>(List.of(jdk.home().resolve("bin/javac").toString()));
        command.addAll(launcher);
        command.addAll(List.of("-J-Dfile.encoding=US-ASCII", "-J-Dstdout.encoding=UTF-8"));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC")); // it does not live for long;
        command.addAll(options);
        command.addAll(List.of("-encoding", "UTF-8", "-processorpath", Sources.processorPath()));
        command.addAll(List.of("-d", out.toString(), "-s", out.toString()));
        sources.forEach(source -> command.add(source.toString()));
        Path output = out.resolveSibling(out.getFileName() + ".output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8"); // for the names of files
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // says that it was picked up
        Process javac = builder.start();
        try {
            assertThat(javac.waitFor(2, TimeUnit.MINUTES)).as("%s ends", jdk).isTrue();
        } finally {
            javac.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(javac.exitValue()).as(said).isZero();
        return said;
    }

    private static Map<String, String> generated(Path out) {
        Map<String, String> files = new TreeMap<>();
        for (Path file : Sources.files(out)) {
            if (!file.toString().endsWith(".class")) {
                files.put(slashed(out.relativize(file)), text(file));
            }
        }
        return files;
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
