package dev.foothold.bench.compile;

import dev.foothold.bench.Trial;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of javac as a user has it: a process of its own, started cold, with the sources on its command line.
 *
 * @param name whose it is
 * @param directory where it may write; all in it is its own
 * @param sources the files to compile
 * @param classPath what the sources mention
 * @param processorPath where the processor is; empty for none
 */
record Compilation(String name, Path directory, List<Path> sources, List<Path> classPath, List<Path> processorPath)
        implements Trial {

    private static final long MOST_MINUTES = 10;

    /** Options that would come in by the back door. */
    private static final List<String> VARIABLES = List.of("JDK_JAVAC_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    @Override
    public void prepare() throws IOException {
        for (Path output : List.of(classes(), generated())) {
            delete(output);
            Files.createDirectories(output);
        }
        Files.write(
                arguments(),
                sources.stream().map(source -> "\"" + source + "\"").collect(Collectors.toList()));
    }

    @Override
    public void run() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().keySet().removeAll(VARIABLES);
        Process javac = builder.start();
        try {
            if (!javac.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(name + ": javac was still running after " + MOST_MINUTES + " minutes.");
            }
        } finally {
            javac.destroyForcibly();
        }
        if (javac.exitValue() != 0) {
            try (Stream<String> said = Files.lines(log())) {
                throw new IOException(name + ": javac ended with " + javac.exitValue() + " and said\n"
                        + said.limit(20).collect(Collectors.joining("\n")));
            }
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-Xlint:none",
                "-encoding",
                "UTF-8",
                "-d",
                classes().toString(),
                "-classpath",
                path(classPath)));
        if (processorPath.isEmpty()) {
            command.add("-proc:none");
        } else {
            command.addAll(List.of(
                    "--processor-path", path(processorPath), "-s", generated().toString()));
        }
        command.add("@" + arguments());
        return command;
    }

    private static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Gives the directory of the sources that the processor wrote. */
    Path generated() {
        return directory.resolve("generated");
    }

    /** Gives the directory of the class files and of the resources that the processor wrote. */
    Path classes() {
        return directory.resolve("classes");
    }

    private Path arguments() {
        return directory.resolve("sources.txt");
    }

    private Path log() {
        return directory.resolve("javac.txt");
    }

    /** Reads all that the processor wrote, sources and resources, by its path in the output. */
    SortedMap<String, String> written() throws IOException {
        SortedMap<String, String> written = new TreeMap<>(files(generated()));
        files(classes()).forEach(written::put);
        return written;
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".class")) {
                    files.put(root.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> found = Files.walk(root)) {
                for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
