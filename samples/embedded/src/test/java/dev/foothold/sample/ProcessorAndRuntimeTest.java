package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.foothold.config.SettingType;
import dev.foothold.processor.ProviderIndexProcessor;
import dev.foothold.processor.ProviderProcessor;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.SettingValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
