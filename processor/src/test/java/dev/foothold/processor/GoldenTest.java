package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what is generated, byte for byte: each directory in {@code good} gives what is in the one of the same name in
 * {@code expected}. {@code -Dgolden.update=true} rewrites {@code expected}.
 */
class GoldenTest {

    private static final Path GOOD = Sources.RESOURCES.resolve("good");
    private static final Path EXPECTED = Sources.RESOURCES.resolve("expected");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> directories = Files.list(GOOD)) {
            return directories.map(directory -> directory.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void generatedFiles_areTheExpectedOnesAndCompileWithoutWarnings(String name) throws IOException {
        Compilation compilation = Sources.compile(Sources.STRICT, Sources.in(GOOD.resolve(name)));
        assertThat(Sources.errorsAndWarnings(compilation)).isEmpty();
        Map<String, String> generated = generated(compilation);
        if (Boolean.getBoolean("golden.update")) {
            update(EXPECTED.resolve(name), generated);
        }
        assertThat(generated).isEqualTo(textFiles(EXPECTED.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anExportedPackageOfAModule_getsTheSameFilesWithoutWarnings(String name, @TempDir Path out) throws IOException {
        compileModule(name, "requires static transitive java.compiler;", out);
        Map<String, String> files = textFiles(out);
        // Whether the module passes java.compiler on cannot be asked for in time.
        files.replaceAll((file, text) ->
                text.replace("@SuppressWarnings(\"exports\")\n", "").replace("        \"exports\",\n", ""));
        assertThat(files).isEqualTo(textFiles(EXPECTED.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aModuleThatKeepsTheCompilerApiToItself_isNotWarnedOfIt(String name, @TempDir Path out) throws IOException {
        compileModule(name, "requires static java.compiler;", out);
        assertThat(textFiles(out).values()).anyMatch(text -> text.contains("@Generated("));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aModuleThatDoesNotReadTheCompilerApi_getsNoGeneratedAnnotation(String name, @TempDir Path out)
            throws IOException {
        compileModule(name, "", out);
        assertThat(textFiles(out).values())
                .noneMatch(text -> text.contains("javax.annotation.processing"))
                .anyMatch(text -> text.contains("@ProviderGenerated"));
    }

    @Test
    void typesThatTheModuleKeepsToItself_areNoWarningInGeneratedCode(@TempDir Path out) throws IOException {
        Path sources = Files.createDirectories(out.resolve("src"));
        Files.writeString(
                sources.resolve("module-info.java"),
                "module acme.cloud { requires transitive dev.foothold.runtime; requires java.sql; exports acme;"
                        + " provides dev.foothold.provider.ProviderFactory with acme.AcmeProviderFactory; }");
        Files.writeString(sources.resolve("Config.java"), "package hidden; public record Config(int port) {}");
        Files.writeString(sources.resolve("Acme.java"), """
                package acme;

                @dev.foothold.annotation.Provider("acme")
                public class Acme implements dev.foothold.environ.Environ {
                    @SuppressWarnings("exports")
                    public Acme(hidden.Config config) throws java.sql.SQLException {}
                }
                """);
        assertThat(Sources.compile(List.of("--module-path", Sources.runtimePath()), Sources.files(sources), out))
                .isEmpty();
        assertThat(out.resolve("acme/AcmeDefaultProvider.java")).content().contains("@SuppressWarnings(\"exports\")");
    }

    private static void compileModule(String name, String requires, Path out) throws IOException {
        Path module = Files.createDirectories(out.resolveSibling(out.getFileName() + "-module"))
                .resolve("module-info.java");
        Files.writeString(
                module,
                "/** Uses the runtime. */ module acme.cloud { requires transitive dev.foothold.runtime; exports acme; "
                        + requires + " provides dev.foothold.provider.ProviderFactory with "
                        + Files.readString(EXPECTED.resolve(name)
                                        .resolve("META-INF/services/dev.foothold.provider.ProviderFactory"))
                                .strip()
                                .replace("\n", ", ")
                        + "; }");
        List<Path> sources = new ArrayList<>(Sources.files(GOOD.resolve(name)));
        sources.add(module);
        assertThat(Sources.compile(List.of("--module-path", Sources.runtimePath()), sources, out))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void generatedFiles_passDoclint(String name) {
        // Without processors: javac 17 crashes when it runs doclint after annotation processing.
        List<JavaFileObject> sources = new ArrayList<>(Sources.in(GOOD.resolve(name)));
        Sources.files(EXPECTED.resolve(name)).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .forEach(file -> sources.add(Sources.load(file)));
        List<String> options = new ArrayList<>(Sources.STRICT);
        options.addAll(List.of("-Xdoclint:all/protected", "-proc:none"));
        assertThat(Sources.errorsAndWarnings(Sources.compile(options, sources, Sources.runtime(), new Processor[0])))
                .isEmpty();
    }

    private static Map<String, String> generated(Compilation compilation) {
        Map<String, String> files = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() != JavaFileObject.Kind.CLASS) {
                String path = file.toUri().getPath().replaceFirst("^/(SOURCE_OUTPUT|CLASS_OUTPUT)/", "");
                files.put(path, Sources.text(file));
            }
        }
        return files;
    }

    private static Map<String, String> textFiles(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path file : Sources.files(directory)) {
            String path = directory.relativize(file).toString().replace('\\', '/');
            if (!path.endsWith(".class")) {
                files.put(path, Files.readString(file));
            }
        }
        return files;
    }

    private static void update(Path directory, Map<String, String> files) throws IOException {
        Files.createDirectories(directory);
        for (Path old : Sources.files(directory)) {
            Files.delete(old);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
