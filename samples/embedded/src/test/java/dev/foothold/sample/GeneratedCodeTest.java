package dev.foothold.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.provider.ProviderFactory;
import dev.foothold.sample.minimal.MinimalEnvironProviderFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the samples' generated code is to those who do not write it: compilers, virtual machines and coverage tools. */
class GeneratedCodeTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path CLASSES = MODULE.resolve("target/classes");
    private static final Path GENERATED = MODULE.resolve("target/generated-sources/annotations");

    @TempDir
    Path directory;

    private static JavaClasses generated() {
        return new ClassFileImporter().importPath(CLASSES).that(new DescribedPredicate<>("generated") {
            @Override
            public boolean test(JavaClass type) {
                return type.isAnnotatedWith(ProviderGenerated.class.getName());
            }
        });
    }

    @Test
    void eclipsesCompiler_generatesTheSameFiles() throws IOException {
        Map<String, String> expected = Programs.textFiles(GENERATED);
        assertThat(expected).hasSizeGreaterThanOrEqualTo(4);
        Programs.textFiles(CLASSES).forEach((file, text) -> {
            if (file.startsWith("META-INF/services/") || file.startsWith("META-INF/foothold/")) {
                expected.put(file, text);
            }
        });
        List<String> arguments = new ArrayList<>(List.of("-17", "-encoding", "UTF-8", "-proc:only"));
        arguments.addAll(List.of("-cp", Programs.dependencies(), "-processorpath", Programs.PROCESSOR));
        arguments.addAll(List.of("-d", directory.toString(), "-s", directory.toString()));
        arguments.add(MODULE.resolve("src/main/java").toString());
        StringWriter text = new StringWriter();
        PrintWriter output = new PrintWriter(text);
        boolean succeeded = BatchCompiler.compile(arguments.toArray(String[]::new), output, output, null);
        assertThat(succeeded).as(text.toString()).isTrue();
        assertThat(Programs.textFiles(directory)).isEqualTo(expected);
    }

    @Test
    void generatedCode_usesNoReflectionNoProxiesAndNoResources() {
        JavaClasses generated = generated();
        assertThat(generated).hasSizeGreaterThanOrEqualTo(4);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..", "sun..", "jdk..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ClassLoader.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "a class is asked about itself",
                        call -> call.getTargetOwner().isEquivalentTo(Class.class)))
                .check(generated);
    }

    /** What JaCoCo's agent and report do, on a program that makes a factory and a provider. */
    @Test
    void jacoco_countsTheAuthorsClassesAndLeavesOutTheGenerated() throws Exception {
        LoggerRuntime runtime = new LoggerRuntime();
        RuntimeData data = new RuntimeData();
        runtime.startup(data);
        Map<String, byte[]> originals = samples();
        Instrumenter instrumenter = new Instrumenter(runtime);
        Map<String, byte[]> instrumented = new HashMap<>();
        for (var original : originals.entrySet()) {
            instrumented.put(original.getKey(), instrumenter.instrument(original.getValue(), original.getKey()));
        }
        Class<?> factory = new Instrumented(instrumented).loadClass(MinimalEnvironProviderFactory.class.getName());
        var made = (ProviderFactory) factory.getConstructor().newInstance();
        assertThat(made.name()).isEqualTo("minimal");
        assertThat(factory).isNotEqualTo(MinimalEnvironProviderFactory.class);

        ExecutionDataStore executions = new ExecutionDataStore();
        data.collect(executions, new SessionInfoStore(), false);
        runtime.shutdown();
        assertThat(executions.getContents())
                .as("the generated class did run with JaCoCo's probes")
                .anyMatch(execution ->
                        execution.getName().equals(factory.getName().replace('.', '/')));
        CoverageBuilder report = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(executions, report);
        for (var original : originals.entrySet()) {
            analyzer.analyzeClass(original.getValue(), original.getKey());
        }
        List<String> reported = report.getClasses().stream()
                .filter(IClassCoverage::containsCode) // as the formatters of reports do
                .map(IClassCoverage::getName)
                .map(name -> name.replace('/', '.'))
                .toList();
        assertThat(reported)
                .contains("dev.foothold.sample.minimal.MinimalEnviron", "dev.foothold.sample.embedded.EmbeddedEnviron")
                .doesNotContainAnyElementsOf(
                        generated().stream().map(JavaClass::getName).toList());
    }

    private static Map<String, byte[]> samples() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            Map<String, byte[]> classes = new HashMap<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = CLASSES.relativize(file).toString().replaceAll("[/\\\\]", ".");
                classes.put(name.replaceFirst("\\.class$", ""), Files.readAllBytes(file));
            }
            return classes;
        }
    }

    /** Defines the instrumented classes itself and leaves all others to the loader of the tests. */
    private static final class Instrumented extends ClassLoader {

        private final Map<String, byte[]> classes;

        Instrumented(Map<String, byte[]> classes) {
            super(Instrumented.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = classes.get(name);
                return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
