package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
            Matcher version = VERSION.matcher(GoodCases.text(release));
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
    static void readTheGoodCases() {
        expected = GoodCases.generated();
        sources = new ArrayList<>(GoodCases.sources());
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
        assertThat(GoodCases.textFiles(out)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void anExportedPackageOfAModuleThatProvidesTheFactories_compilesWithoutWarnings(Jdk jdk) throws Exception {
        Path out = Files.createDirectories(directory.resolve("module-" + jdk.version()));
        List<Path> all = new ArrayList<>(sources);
        all.add(GoodCases.writeModule(directory.resolve("descriptor-" + jdk.version())));
        // Turkish has another lower case of I.
        String output = javac(
                jdk,
                List.of("-J-Duser.language=tr", "-J-Duser.country=TR"),
                List.of("-p", Sources.runtimePath(), "-Xlint:all,-processing", "-Werror"),
                all,
                out);
        assertThat(output).isEmpty();
        Map<String, String> files = GoodCases.textFiles(out);
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        assertThat(files).containsEntry(GoodCases.INDEX, expected.get(GoodCases.INDEX));
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
        assertThat(GoodCases.textFiles(out))
                .containsKeys("acme/ZürichDefaultProvider.java", "acme/ZürichProviderFactory.java");
        assertThat(GoodCases.textFiles(out).values()).anyMatch(text -> text.contains("\"Zürich — ☁\""));
        assertThat(GoodCases.textFiles(out)).containsEntry(GoodCases.INDEX, "acme.ZürichProviderFactory\n");
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
}
