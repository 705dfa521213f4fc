package dev.foothold.bench.compile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the processor that knows by heart what another has written. */
final class StringWriter {

    private static final String NAME = "StringWriterOfTheSame";

    /** A number whose digits are in no text by chance. */
    private static final int SAMPLE = 7391;

    private StringWriter() {}

    /**
     * Makes it, of what the other processor writes for one annotated class.
     *
     * @param sources what is annotated
     * @param classPath what the sources mention
     * @param processorPath where the other processor is
     * @param directory where to work
     * @return the processor's path: one jar
     */
    static List<Path> ofTheSame(Sources sources, List<Path> classPath, List<Path> processorPath, Path directory)
            throws IOException, InterruptedException {
        String sample = Sources.number(SAMPLE);
        List<Path> files = Sources.write(sources.of(sample), directory.resolve("sources"));
        Compilation other = new Compilation("sample", directory.resolve("sample"), files, classPath, processorPath);
        other.prepare();
        other.run();
        SortedMap<String, String> written = other.written();
        SortedMap<String, String> together = new TreeMap<>(written);
        SortedMap<String, String> perClass = new TreeMap<>(written);
        together.keySet().removeIf(path -> path.contains(sample));
        perClass.keySet().removeAll(together.keySet());
        Path source = directory.resolve(NAME + ".java");
        Files.writeString(
                source,
                "package " + StringWriter.class.getPackageName() + ";\n"
                        + "public final class " + NAME + " extends StringWriterProcessor {\n"
                        + "    public " + NAME + "() {\n"
                        + "        super(" + literal(sample) + ", " + array(perClass) + ", " + array(together) + ");\n"
                        + "    }\n"
                        + "}\n");
        compile(source, directory);
        return List.of(jar(directory));
    }

    private static void compile(Path source, Path directory) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        java.io.StringWriter said = new java.io.StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-d", directory.toString());
            if (!javac.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IOException("The string writer does not compile:\n" + said);
            }
        }
    }

    private static Path jar(Path directory) throws IOException {
        String folder = StringWriter.class.getPackageName().replace('.', '/') + "/";
        String generated = folder + NAME + ".class";
        String parent = folder + StringWriterProcessor.class.getSimpleName() + ".class";
        Path jar = directory.resolve("string-writer.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(
                    out,
                    "META-INF/services/javax.annotation.processing.Processor",
                    (generated
                                            .substring(0, generated.length() - ".class".length())
                                            .replace('/', '.') + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            add(out, generated, Files.readAllBytes(directory.resolve(generated)));
            try (InputStream in = StringWriterProcessor.class.getResourceAsStream("/" + parent)) {
                add(out, parent, Objects.requireNonNull(in, parent).readAllBytes());
            }
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static String array(Map<String, String> files) {
        return files.entrySet().stream()
                .map(file -> "{" + literal(file.getKey()) + ", " + literal(file.getValue()) + "}")
                .collect(Collectors.joining(",\n", "new String[][] {", "}"));
    }

    private static String literal(String text) {
        return text.chars()
                .mapToObj(c -> switch (c) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\n' -> "\\n";
                    default -> String.valueOf((char) c);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
