package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.foothold.processor.ProviderIndexProcessor;
import dev.foothold.processor.ProviderProcessor;
import dev.foothold.provider.ProviderFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processor accepts, the runtime accepts too: a generated factory never fails to load. */
class AcceptedProvidersTest {

    private static final long SEED = 2026;
    private static final int PROVIDERS = 400;

    private static final List<String> TYPES = List.of(
            "String",
            "Secret",
            "int",
            "Long",
            "short",
            "byte",
            "double",
            "float",
            "boolean",
            "BigInteger",
            "BigDecimal",
            "Duration",
            "DataSize",
            "URI",
            "Path",
            "Size",
            "Inner",
            "Object");
    private static final List<String> NAMES = List.of(
            "one", "two", "three", "authType", "oneFile", "dollar$", "camelCase", "URL", "in", "schema", "model");
    private static final List<String> KEYS = List.of("one", "two", "key", "one-file", "auth-type", "Bad Key", "x");
    private static final List<String> DEFAULTS = List.of("", "1", "true", "a, b", "k=1", "30s", "10G", "small", "/tmp");

    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @Test
    void whatTheProcessorAcceptsIsDescribedByTheRuntime() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (int i = 0; i < PROVIDERS; i++) {
            sources.add(Files.writeString(directory.resolve("Acme" + i + ".java"), provider("Acme" + i)));
        }
        Path out = Files.createDirectories(directory.resolve("out"));
        TreeSet<String> refused = new TreeSet<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : compile(sources, out)) {
            String message = diagnostic.getMessage(null);
            assertThat(message).as("seed %d", SEED).startsWith("[");
            refused.add(Path.of(diagnostic.getSource().toUri())
                    .getFileName()
                    .toString()
                    .replace(".java", ""));
        }

        // An error of a processor keeps javac from writing classes, so those without one are compiled again.
        List<Path> accepted = sources.stream()
                .filter(source ->
                        !refused.contains(source.getFileName().toString().replace(".java", "")))
                .toList();
        assertThat(accepted).as("seed %d", SEED).hasSizeGreaterThan(PROVIDERS / 10);
        assertThat(refused).as("seed %d", SEED).hasSizeGreaterThan(PROVIDERS / 10);
        assertThat(compile(accepted, out)).isEmpty();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {out.toUri().toURL()})) {
            for (Path source : accepted) {
                String name = "acme." + source.getFileName().toString().replace(".java", "ProviderFactory");
                assertThatCode(() -> {
                            ProviderFactory factory = (ProviderFactory)
                                    loader.loadClass(name).getConstructor().newInstance();
                            assertThat(factory.schema().markdown()).isNotEmpty();
                            assertThat(factory.schema().jsonSchema()).isNotEmpty();
                        })
                        .as("seed %d: %s", SEED, Files.readString(source))
                        .doesNotThrowAnyException();
            }
        }
    }

    private List<Diagnostic<? extends JavaFileObject>> compile(List<Path> sources, Path out) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    files,
                    diagnostics,
                    List.of(
                            "--release",
                            "17",
                            "-Xmaxerrs",
                            "10000",
                            "-d",
                            out.toString(),
                            "-cp",
                            System.getProperty("java.class.path")),
                    null,
                    files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(new ProviderProcessor(), new ProviderIndexProcessor()));
            task.call();
        }
        return diagnostics.getDiagnostics();
    }

    private String provider(String name) {
        String parameters = Stream.of("Config config", "Login login")
                .filter(parameter -> random.nextInt(4) > 0)
                .collect(Collectors.joining(", "));
        return """
                package acme;

                import dev.foothold.annotation.*;
                import dev.foothold.config.*;
                import dev.foothold.environ.*;
                import dev.foothold.instance.*;
                import dev.foothold.model.Tags;
                import java.math.*;
                import java.net.URI;
                import java.nio.file.Path;
                import java.time.Duration;
                import java.util.*;

                @Provider("%s")
                public class %s implements Environ {
                    public %s(%s) {}
                    @Override public Instance startInstance(StartInstanceParams params) { throw new IllegalStateException(); }
                    @Override public void stopInstance(InstanceId id) {}
                    @Override public List<Instance> allInstances(Tags owner) { return List.of(); }
                    public enum Size { SMALL, VERY_LARGE }
                    public record Inner(%s) {}
                    public record Config(%s) {}
                    %s
                }
                """.formatted(
                name.toLowerCase(Locale.ROOT), name, name, parameters, components("Inner"), components(""), login());
    }

    private String login() {
        if (random.nextBoolean()) {
            return "@dev.foothold.annotation.Credential(\"a\") public record Login(" + components("") + ") {}";
        }
        return "public sealed interface Login {}\n    public record Token(" + components("") + ") implements Login {}\n"
                + "    public record UserPass(" + components("") + ") implements Login {}";
    }

    /** Makes a few components, without the type that must not be in them. */
    private String components(String without) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.stream()
                .limit(random.nextInt(4))
                .map(name -> annotation() + type(without) + " " + name)
                .collect(Collectors.joining(", "));
    }

    private String annotation() {
        if (random.nextInt(3) > 0) {
            return "";
        }
        List<String> attributes = Stream.of(
                        "name = \"" + any(KEYS) + "\"",
                        "doc = \"What | it \\\"is\\\" for\"",
                        "defaultValue = \"" + any(DEFAULTS) + "\"",
                        "secret = true",
                        "env = \"ACME\"",
                        "immutable = true",
                        "deprecatedNames = \"" + any(KEYS) + "\"",
                        "orFile = \"" + any(KEYS) + "\"",
                        "fromFile = true")
                .filter(attribute -> random.nextInt(6) == 0)
                .toList();
        return "@Setting(" + String.join(", ", attributes) + ") ";
    }

    private String type(String without) {
        String type = any(TYPES);
        if (type.equals(without)) {
            return "String";
        }
        String boxed = switch (type) {
            case "int" -> "Integer";
            case "short", "byte", "double", "float", "boolean" ->
                type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
            default -> type;
        };
        return switch (random.nextInt(8)) {
            case 0 -> "List<" + boxed + ">";
            case 1 -> "Map<String, " + boxed + ">";
            case 2 -> "Optional<" + boxed + ">";
            case 3 -> random.nextBoolean() ? "Optional<List<" + boxed + ">>" : "Map<String, List<" + boxed + ">>";
            default -> type;
        };
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
