package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs programs of the JDK in processes of their own, as users do. */
final class Programs {

    private static final List<Path> CLASS_PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
            .map(Path::of)
            .toList();

    /** What a user's project has to compile against: the runtime and what it brings. */
    static final String RUNTIME =
            path(entry -> named(entry, "(sshj|asn-one|bc\\w+-jdk18on|slf4j-api|snakeyaml|jspecify)-[\\d.]+\\.jar")
                    || isModule(entry, "core", "foothold-runtime"));

    /** The processor path that a build tool makes of the processor's coordinates. */
    static final String PROCESSOR =
            path(entry -> named(entry, "javapoet-[\\d.]+\\.jar") || isModule(entry, "processor", "foothold-processor"));

    private Programs() {}

    /** Finds jars on the class path of the tests; fails if a name is not there. */
    static String jars(String... names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            String path = path(entry -> named(entry, Pattern.quote(name) + "-[\\d.]+\\.jar"));
            assertThat(path).as(name).isNotEmpty();
            found.add(path);
        }
        return join(found.toArray(String[]::new));
    }

    /** Gives the class path of the tests without what the module itself was compiled to. */
    static String dependencies() {
        return path(entry -> !entry.endsWith(Path.of("embedded", "target", "classes"))
                && !entry.endsWith(Path.of("embedded", "target", "test-classes")));
    }

    static String join(String... paths) {
        return String.join(File.pathSeparator, paths);
    }

    /** Runs {@code javac} or {@code java} and gives what it printed; fails if it does. */
    static String run(String program, List<String> arguments, Path directory) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
        for (String option : List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")) { // it does not live for long
            command.add(program.equals("java") ? option : "-J" + option);
        }
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, program, ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove("CLASSPATH"); // that of the tests
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // says that it was picked up
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ends", program)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** Reads what was generated: all files of a directory but classes. */
    static Map<String, String> textFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".class")) {
                    texts.put(directory.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(Predicate<Path> choice) {
        return join(CLASS_PATH.stream().filter(choice).map(Path::toString).toArray(String[]::new));
    }

    private static boolean named(Path entry, String pattern) {
        return entry.getFileName().toString().matches(pattern);
    }

    /** Tells whether an entry is a module of this build: its directory of classes, or its jar. */
    private static boolean isModule(Path entry, String directory, String artifact) {
        return entry.endsWith(Path.of(directory, "target", "classes")) || named(entry, artifact + "-[\\d.]+.*\\.jar");
    }
}
