package dev.foothold.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import com.palantir.javapoet.JavaFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Compiles sources as users do: against class files of the runtime, with every warning on. */
final class Sources {

    static final Path RESOURCES = Path.of("src", "test", "resources");
    static final List<String> STRICT = List.of("-Xlint:all,-processing", "-Werror");

    private static final Path JSPECIFY = jarOf(NullMarked.class);
    private static final Path RUNTIME = compileToFiles(RESOURCES.resolve("support"), List.of());

    private Sources() {}

    /** Compiles without modules, with both processors. */
    static Compilation compile(List<String> options, List<JavaFileObject> sources) {
        return compile(options, sources, List.of(RUNTIME, JSPECIFY));
    }

    static Compilation compile(List<String> options, List<JavaFileObject> sources, List<Path> classPath) {
        return compile(options, sources, classPath, new ProviderProcessor(), new ProviderIndexProcessor());
    }

    static Compilation compile(
            List<String> options, List<JavaFileObject> sources, List<Path> classPath, Processor... processors) {
        return Compiler.javac()
                .withOptions(options)
                .withClasspath(classPath.stream().map(Path::toFile).toList())
                .withProcessors(processors)
                .compile(sources);
    }

    /**
     * Compiles files into a directory, with both processors; for what compile-testing's files in memory cannot do: modules,
     * and output that is there from an earlier build.
     */
    static List<Diagnostic<? extends JavaFileObject>> compile(List<String> options, List<Path> sources, Path out) {
        List<String> all = new ArrayList<>(STRICT);
        all.addAll(options);
        all.addAll(List.of("-d", out.toString(), "-s", out.toString()));
        return compileFiles(all, sources, List.of(new ProviderProcessor(), new ProviderIndexProcessor()));
    }

    /** Compiles files with nothing but what is asked for, wherever the options say. */
    static List<Diagnostic<? extends JavaFileObject>> compileFiles(
            List<String> options, List<Path> sources, List<Processor> processors) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, null, null)) {
            JavaCompiler.CompilationTask task =
                    javac.getTask(null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(processors);
            task.call();
            return diagnostics.getDiagnostics();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String runtimePath() {
        return path(runtime());
    }

    static String path(List<Path> entries) {
        return String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    /** Gives what users name as their processor path. */
    static String processorPath() {
        return jarOf(ProviderProcessor.class) + File.pathSeparator + jarOf(JavaFile.class);
    }

    /** Gives what users of the runtime have on their class path. */
    static List<Path> runtime() {
        return List.of(RUNTIME, JSPECIFY);
    }

    /** Compiles a directory of sources to class files for every JDK that users have, without processors. */
    static Path compileToFiles(Path sources, List<Path> classPath) {
        try {
            Path out = Files.createTempDirectory(Path.of("target"), "compiled-");
            List<String> arguments = new ArrayList<>(List.of("-proc:none", "--release", "17", "-d", out.toString()));
            arguments.addAll(List.of("--module-path", JSPECIFY.toString()));
            if (!classPath.isEmpty()) {
                arguments.addAll(List.of("-cp", path(classPath)));
            }
            files(sources).forEach(file -> arguments.add(file.toString()));
            int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (status != 0) {
                throw new IllegalStateException("cannot compile " + sources);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaFileObject source(String name, String... lines) {
        return JavaFileObjects.forSourceLines(name, lines);
    }

    /** Loads all the sources in a directory of the test resources. */
    static List<JavaFileObject> in(Path directory) {
        return files(directory).stream().map(Sources::load).toList();
    }

    static JavaFileObject load(Path file) {
        try {
            return JavaFileObjects.forResource(file.toUri().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JavaFileObject file) {
        try {
            return file.getCharContent(true).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Diagnostic<? extends JavaFileObject>> errorsAndWarnings(Compilation compilation) {
        return compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .<Diagnostic<? extends JavaFileObject>>map(diagnostic -> diagnostic)
                .toList();
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
