package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.foothold.config.SettingType;
import dev.foothold.processor.ProviderIndexProcessor;
import dev.foothold.processor.ProviderProcessor;
import dev.foothold.processor.check.DefaultText;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.SettingValue;
import dev.foothold.processor.model.TypeRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The processor knows the runtime by name only; here the two meet. */
class ProcessorAndRuntimeTest {

    @TempDir
    Path output;

    static List<String> runtimeTypes() {
        return RuntimeTypes.all();
    }

    @ParameterizedTest
    @MethodSource("runtimeTypes")
    void everyNameTheProcessorKnowsIsATypeOfTheRuntime(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("settingTypes")
    void everyTypeOfSettingTheProcessorKnowsIsOneOfTheRuntime(SettingValue.Standard standard) throws Exception {
        assertThat(SettingType.class.getField(standard.name()).getType()).isEqualTo(SettingType.class);
    }

    /** What the processor says of a default at compile time, the runtime says when it reads it. */
    @ParameterizedTest
    @MethodSource("settingTypes")
    void aDefaultFitsAtCompileTimeIfAndOnlyIfItFitsAtRunTime(SettingValue.Standard standard) throws Exception {
        SettingType<?> type =
                (SettingType<?>) SettingType.class.getField(standard.name()).get(null);
        Map<SettingValue, SettingType<?>> forms = Map.of(
                standard,
                type,
                new SettingValue.ListOf(standard),
                SettingType.listOf(type),
                new SettingValue.MapOf(standard),
                SettingType.mapOf(type));
        Random random = new Random(standard.ordinal());
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            forms.forEach((value, form) -> assertThat(
                            DefaultText.expectedInstead(value, text).isEmpty())
                    .as("%s: \"%s\"", form, text)
                    .isEqualTo(fits(form, text)));
        }
    }

    @Test
    void aConstantFitsAtCompileTimeIfAndOnlyIfItFitsAtRunTime() {
        SettingType<Thread.State> type = SettingType.oneOf(Thread.State.values());
        SettingValue value = new SettingValue.OneOf(
                TypeRef.topLevel("java.lang.Thread.State"),
                Stream.of(Thread.State.values()).map(Enum::name).toList());
        for (String text : List.of("new", "NEW", " Timed-Waiting ", "timed_waiting", "TIMED_WAITING", "", "neu")) {
            assertThat(DefaultText.expectedInstead(value, text).isEmpty())
                    .as(text)
                    .isEqualTo(fits(type, text));
        }
    }

    private static boolean fits(SettingType<?> type, String text) {
        try {
            type.parse(text);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Puts parts of values together, so that some texts are whole values and many nearly. */
    private static String text(Random random) {
        List<String> parts = List.of(
                        "0 7 12 007 - + . .5 e9 E-3 1e999 128 32768 2147483648 9223372036854775807 9223372036854775808 true FALSE"
                                + " yes NaN Infinity d h m s ms PT30S P1D pt1h B K MiB GB E kB , = a= a=1"
                                + " https://acme.example acme: /tmp ~ \0 ٠ x 0x10 1_000 1f",
                        " ",
                        "\t")
                .stream()
                .flatMap(part -> part.isBlank() ? Stream.of(part) : Stream.of(part.split(" ")))
                .toList();
        return random.ints(random.nextInt(4), 0, parts.size())
                .mapToObj(parts::get)
                .collect(Collectors.joining());
    }

    static Stream<SettingValue.Standard> settingTypes() {
        return Stream.of(SettingValue.Standard.values());
    }

    @Test
    void aMistakeIsOneErrorWithItsIdAtTheAuthorsOwnLine() throws IOException {
        List<Diagnostic<? extends JavaFileObject>> errors = compile("""
                package acme;

                import dev.foothold.annotation.ZonedProvider;
                import dev.foothold.environ.Environ;
                import dev.foothold.environ.StartInstanceParams;
                import dev.foothold.instance.Instance;
                import dev.foothold.instance.InstanceId;
                import dev.foothold.model.Tags;
                import java.util.List;

                @ZonedProvider("Acme Cloud")
                public final class AcmeEnviron implements Environ {
                    public AcmeEnviron() {}
                    public Instance startInstance(StartInstanceParams params) { throw new UnsupportedOperationException(); }
                    public void stopInstance(InstanceId id) {}
                    public List<Instance> allInstances(Tags owner) { return List.of(); }
                }
                """);

        assertThat(errors)
                .extracting(error -> error.getMessage(null))
                .satisfiesExactlyInAnyOrder(
                        message ->
                                assertThat(message).startsWith("[BadName] ").contains("Did you mean \"acme-cloud\"?"),
                        message -> assertThat(message).startsWith("[NotZoned] "));
        assertThat(errors).extracting(Diagnostic::getLineNumber).containsOnly(11L);
    }

    @Test
    void withoutAMistakeTheGeneratedClassesCompileWithoutAWarning() throws IOException {
        assertThat(compile("""
                        package acme;

                        import dev.foothold.annotation.Provider;
                        import dev.foothold.environ.Environ;
                        import dev.foothold.environ.StartInstanceParams;
                        import dev.foothold.instance.Instance;
                        import dev.foothold.instance.InstanceId;
                        import dev.foothold.model.Tags;
                        import java.util.List;

                        @Provider("acme")
                        public final class AcmeEnviron implements Environ {
                            public AcmeEnviron() {}
                            public Instance startInstance(StartInstanceParams params) { throw new UnsupportedOperationException(); }
                            public void stopInstance(InstanceId id) {}
                            public List<Instance> allInstances(Tags owner) { return List.of(); }
                        }
                        """)).isEmpty();
        assertThat(output.resolve("acme/AcmeEnvironDefaultProvider.class")).exists();
        assertThat(output.resolve("META-INF/services/dev.foothold.provider.ProviderFactory"))
                .hasContent("acme.AcmeEnvironProviderFactory");
    }

    private List<Diagnostic<? extends JavaFileObject>> compile(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Files.createDirectories(output);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    files,
                    diagnostics,
                    List.of(
                            "--release",
                            "17",
                            "-Xlint:all,-processing",
                            "-d",
                            output.toString(),
                            "-cp",
                            System.getProperty("java.class.path")),
                    null,
                    List.of(new Source(source)));
            task.setProcessors(List.of(new ProviderProcessor(), new ProviderIndexProcessor()));
            task.call();
        }
        List<Diagnostic<? extends JavaFileObject>> found = new ArrayList<>(diagnostics.getDiagnostics());
        // The class path of a test may name jars that are not there.
        found.removeIf(diagnostic -> diagnostic.getCode().contains("path.element.not.found"));
        return found;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///acme/AcmeEnviron.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
