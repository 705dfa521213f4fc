package dev.foothold.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** All cases of {@code good} as one project, and what is expected of it. */
final class GoodCases {

    static final String INDEX = "META-INF/services/dev.foothold.provider.ProviderFactory";

    private static final Path GOOD = Sources.RESOURCES.resolve("good");
    private static final Path EXPECTED = Sources.RESOURCES.resolve("expected");

    private GoodCases() {}

    static List<Path> sources() {
        return Sources.files(GOOD);
    }

    /** Gives what is generated, by file: what each case expects, and one index of all their factories. */
    static Map<String, String> generated() {
        Map<String, String> files = new TreeMap<>();
        textFiles(EXPECTED).forEach((file, text) -> {
            String inCase = file.substring(file.indexOf('/') + 1);
            if (!inCase.equals(INDEX)) {
                files.put(inCase, text);
            }
        });
        files.put(INDEX, String.join("\n", factories()) + "\n");
        return files;
    }

    /** Gives the names of all factories, in order. */
    static List<String> factories() {
        TreeSet<String> factories = new TreeSet<>();
        textFiles(EXPECTED).forEach((file, text) -> {
            if (file.endsWith(INDEX)) {
                factories.addAll(text.lines().toList());
            }
        });
        return List.copyOf(factories);
    }

    /** Declares a module of the cases that provides their factories, as javac users do. */
    static Path writeModule(Path directory) throws IOException {
        return Files.writeString(
                Files.createDirectories(directory).resolve("module-info.java"),
                "/** Uses the runtime. */ module acme.cloud { requires transitive dev.foothold.runtime; exports acme; "
                        + "provides dev.foothold.provider.ProviderFactory with " + String.join(", ", factories()) + "; "
                        + "}");
    }

    /** Reads all files of a directory but classes. */
    static Map<String, String> textFiles(Path directory) {
        Map<String, String> files = new TreeMap<>();
        for (Path file : Sources.files(directory)) {
            if (!file.toString().endsWith(".class")) {
                files.put(directory.relativize(file).toString().replace('\\', '/'), text(file));
            }
        }
        return files;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
