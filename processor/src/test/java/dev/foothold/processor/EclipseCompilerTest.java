package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds that Eclipse's compiler gets from the processors what javac gets: the same files, and the same errors at the same
 * lines. It points less finely than javac in two places:
 *
 * <ul>
 *   <li>at the annotation, where javac points at one of several values of an array in it;
 *   <li>nowhere, where javac points at a record or at what is in it. The message names the record.
 * </ul>
 *
 * <p>What it has against the sources of the cases is its own affair; against generated files it has nothing.
 */
class EclipseCompilerTest {

    private static final Path PLAIN = Sources.RESOURCES.resolve("good/plain");
    private static final Path BAD = Sources.RESOURCES.resolve("bad");

    private static final Pattern EXPECTATION = Pattern.compile(" *// (ERROR|WARNING): \\[(\\w+)].*");
    private static final Pattern OURS = Pattern.compile("\\[(\\w+)] .*");
    private static final Pattern RECORD = Pattern.compile(".*\\brecord (\\w+)\\(.*");

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void nameTheDirectoryAsTheCompilerDoes() throws IOException {
        directory = temporary.toRealPath();
    }

    @Test
    void generatedFiles_areTheExpectedOnes() throws IOException {
        Path out = output("out");
        Eclipse.Result result = Eclipse.compile(List.of("-cp", Sources.runtimePath()), GoodCases.sources(), out);
        assertWithoutComplaint(result);
        assertThat(GoodCases.textFiles(out)).isEqualTo(GoodCases.generated());
    }

    @Test
    void aModuleThatIsProcessedFirst_getsTheFilesThatJavacGivesItAndMayProvideTheFactories() throws IOException {
        List<Path> sources = new ArrayList<>(GoodCases.sources());
        sources.add(GoodCases.writeModule(directory.resolve("module")));
        Path javac = output("javac");
        assertThat(Sources.compile(List.of("--module-path", Sources.runtimePath()), sources, javac))
                .isEmpty();

        Path generated = output("generated");
        assertWithoutComplaint(Eclipse.compile(modulePath("-proc:only"), sources, generated));
        assertThat(GoodCases.textFiles(generated)).isEqualTo(GoodCases.textFiles(javac));
        assertThat(GoodCases.textFiles(generated).keySet())
                .isEqualTo(GoodCases.generated().keySet());

        sources.addAll(Sources.files(generated));
        sources.removeIf(file -> !file.toString().endsWith(".java"));
        assertWithoutComplaint(Eclipse.compile(modulePath("-proc:none"), sources, output("classes")));
    }

    /** Shows why the README tells users of modules to process first; should the compiler learn it, it need not. */
    @Test
    void aModuleThatIsProcessedAndCompiledInOneRun_isRejectedByTheCompiler() throws IOException {
        List<Path> sources = new ArrayList<>(Sources.files(PLAIN));
        Path descriptor = output("module").resolve("module-info.java");
        sources.add(Files.writeString(
                descriptor, "module acme.cloud { requires transitive dev.foothold.runtime; exports acme; }"));
        assertThat(errors(Eclipse.compile(modulePath(), sources, output("plain"))))
                .isNotEmpty()
                .allMatch(error ->
                        error.file().startsWith(directory.resolve("plain").toString()))
                .anyMatch(error -> error.message().equals("PlainEnviron cannot be resolved to a type"));

        Files.writeString(
                descriptor,
                Files.readString(descriptor)
                        .replace(
                                "}",
                                "provides dev.foothold.provider.ProviderFactory with acme.PlainEnvironProviderFactory; }"));
        assertThat(errors(Eclipse.compile(modulePath(), sources, output("providing"))))
                .filteredOn(error -> error.file().endsWith("module-info.java"))
                .extracting(Eclipse.Report::message)
                .containsExactly("The type acme.PlainEnvironProviderFactory is not accessible");
    }

    @Test
    void eachMistake_isReportedOnceAsNearAsTheCompilerGets() throws IOException {
        List<Path> together = new ArrayList<>();
        try (Stream<Path> files = Files.list(BAD)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file);
                if (text.contains("// GIVEN: ")) {
                    continue; // takes another processor, or less of the runtime
                }
                if (text.contains("// WARNING: ") || text.contains("// ERROR: cannot find symbol")) {
                    assertMistakesAreReported(List.of(file));
                } else {
                    together.add(file);
                }
            }
        }
        assertMistakesAreReported(together);
    }

    private void assertMistakesAreReported(List<Path> sources) throws IOException {
        List<Mistake> missing = new ArrayList<>();
        for (Path source : sources) {
            List<Mistake> mistakes = Mistake.in(source.toRealPath());
            assertThat(mistakes).as("mistakes of %s", source).isNotEmpty();
            missing.addAll(mistakes);
        }
        Path out = output(sources.size() + sources.get(0).getFileName().toString());
        Eclipse.Result result = Eclipse.compile(List.of("-cp", Sources.runtimePath()), sources, out);
        List<Eclipse.Report> unexpected = new ArrayList<>(complaints(result));
        unexpected.removeIf(report -> missing.stream()
                .filter(mistake -> mistake.isReportedBy(report))
                .findFirst()
                .map(missing::remove)
                .orElse(false));
        assertThat(missing).as(result.output()).isEmpty();
        assertThat(unexpected).as(result.output()).isEmpty();
    }

    /** A mistake that a file says it has, at the line where javac points. */
    private record Mistake(Path file, List<String> lines, String severity, String id, int line) {

        static List<Mistake> in(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            List<Mistake> mistakes = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Matcher expectation = EXPECTATION.matcher(lines.get(i));
                if (expectation.matches()) {
                    mistakes.add(new Mistake(file, lines, expectation.group(1), expectation.group(2), i + 2));
                }
            }
            return mistakes;
        }

        boolean isReportedBy(Eclipse.Report report) {
            return report.severity().equals(severity)
                    && report.message().startsWith("[" + id + "] ")
                    && (report.file().isEmpty() ? isNamed(report.message()) : isNear(report));
        }

        private boolean isNear(Eclipse.Report report) {
            return Path.of(report.file()).equals(file)
                    && (report.line() == line || report.line() < line && isInAnnotationThatStartsAt(report.line()));
        }

        private boolean isInAnnotationThatStartsAt(int start) {
            String between = String.join("\n", lines.subList(start - 1, line - 1));
            return between.strip().startsWith("@")
                    && between.replaceAll("[^(]", "").length()
                            > between.replaceAll("[^)]", "").length();
        }

        /** Tells whether a message names a record that is declared before the mistake, so that it can be found. */
        private boolean isNamed(String message) {
            String outermost = file.getFileName().toString().replaceFirst("\\.java$", "");
            return lines.subList(0, line).stream()
                    .map(RECORD::matcher)
                    .filter(Matcher::matches)
                    .anyMatch(record -> message.contains(outermost + "." + record.group(1)));
        }

        @Override
        public String toString() {
            return "%s [%s] at %s:%d".formatted(severity, id, file, line);
        }
    }

    private void assertWithoutComplaint(Eclipse.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
        assertThat(complaints(result)).as(result.output()).isEmpty();
    }

    /** What the processors say, and what the compiler says of generated files. */
    private List<Eclipse.Report> complaints(Eclipse.Result result) {
        return result.reports().stream()
                .filter(report -> OURS.matcher(report.message()).matches()
                        || report.file().startsWith(directory.toString()))
                .toList();
    }

    private static List<Eclipse.Report> errors(Eclipse.Result result) {
        return result.reports().stream()
                .filter(report -> report.severity().equals("ERROR"))
                .toList();
    }

    /** Without a class path of its own the compiler takes that of the tests. */
    private List<String> modulePath(String... more) {
        List<String> options = new ArrayList<>(List.of("-p", Sources.runtimePath(), "-cp", directory.toString()));
        options.addAll(List.of(more));
        return options;
    }

    private Path output(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }
}
