package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.processor.check.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what is said of each mistake, and where: a case in {@code bad} says so itself, in a comment on the line above
 * ({@code // ERROR: [BadName] at "Acme Cloud"}), and nothing else may be reported. The case of the same name in {@code
 * mended} is the same without the mistake, and nothing may be reported at all.
 *
 * <p>A case is a file, or a directory with a module. What else has to be so for the mistake to happen is said by {@code
 * // GIVEN:}.
 */
class DiagnosticsTest {

    private static final Path BAD = Sources.RESOURCES.resolve("bad");
    private static final Path MENDED = Sources.RESOURCES.resolve("mended");
    private static final Pattern EXPECTATION = Pattern.compile(" *// (ERROR|WARNING): (.*) at \"(.*)\"");
    private static final Pattern GIVEN = Pattern.compile("(?m)^// GIVEN: (.*)$");
    private static final String WITHOUT = "the runtime without ";
    private static final String GENERATED = "another processor that writes ";

    /** What a user reads, as far as it is fixed: severity, how the message starts, file, line, and what is pointed at. */
    private record Report(String kind, String message, Path file, long line, String pointsAt) {}

    @TempDir
    Path out;

    static List<String> badCases() {
        return cases(BAD);
    }

    static List<String> mendedCases() {
        return cases(MENDED);
    }

    private static List<String> cases(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("badCases")
    void eachMistake_isReportedOnceWhereItIs(String name) throws IOException {
        List<Path> sources = Sources.files(BAD.resolve(name));
        List<Report> expected = new ArrayList<>();
        sources.forEach(source -> expected.addAll(expected(source)));
        assertThat(expected).isNotEmpty();
        List<Report> actual = new ArrayList<>();
        for (var diagnostic : compile(name, sources)) {
            if (diagnostic.getKind() != Diagnostic.Kind.NOTE) {
                actual.add(actual(diagnostic, expected));
            }
        }
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("mendedCases")
    void withoutTheMistake_nothingIsReported(String name) throws IOException {
        assertThat(compile(name, Sources.files(MENDED.resolve(name)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void everyProblem_hasABadCaseOfItsNameAndAMendedOne(Problem problem) {
        String name = Files.exists(BAD.resolve(problem.id())) ? problem.id() : problem.id() + ".java";
        assertThat(BAD.resolve(name)).exists();
        assertThat(Sources.files(BAD.resolve(name)))
                .flatMap(DiagnosticsTest::expected)
                .anySatisfy(report -> {
                    assertThat(report.message()).isEqualTo("[" + problem.id() + "]");
                    assertThat(report.kind()).isEqualTo(problem.kind().name());
                });
        assertThat(MENDED.resolve(name)).exists();
    }

    @Test
    void noBadCaseExpectsAProblemThatDoesNotExist() {
        List<String> ids = Arrays.stream(Problem.values())
                .map(problem -> "[" + problem.id() + "]")
                .toList();
        assertThat(Sources.files(BAD))
                .flatMap(DiagnosticsTest::expected)
                .extracting(Report::message)
                .filteredOn(message -> message.startsWith("["))
                .isSubsetOf(ids);
    }

    private List<Diagnostic<? extends JavaFileObject>> compile(String name, List<Path> sources) throws IOException {
        Matcher given = GIVEN.matcher(Files.readString(sources.get(0)));
        String circumstance = given.find() ? given.group(1) : "";
        List<Path> runtime = Sources.runtime();
        List<Processor> processors = new ArrayList<>(List.of(new ProviderProcessor(), new ProviderIndexProcessor()));
        if (circumstance.startsWith(WITHOUT)) {
            runtime = List.of(runtimeWithout(circumstance.substring(WITHOUT.length())), runtime.get(1));
        } else if (circumstance.startsWith(GENERATED)) {
            String type = circumstance.substring(GENERATED.length());
            String simpleName = type.substring(type.lastIndexOf('.') + 1);
            processors.add(0, new OtherProcessor().writes(type, "package acme; public class " + simpleName + " {}"));
        } else if (circumstance.equals("a compiler that cannot write")) {
            processors.set(0, new WithBrokenFiler(processors.get(0)));
        } else {
            assertThat(circumstance).isEmpty();
        }
        boolean isModule = sources.stream().anyMatch(source -> source.endsWith("module-info.java"));
        return Sources.compileFiles(
                List.of(
                        isModule ? "--module-path" : "-classpath",
                        Sources.path(runtime),
                        "-Xlint:all,-processing",
                        "-d",
                        out.toString()),
                sources,
                processors);
    }

    private Path runtimeWithout(String type) throws IOException {
        Path complete = Sources.runtime().get(0);
        Path runtime = out.resolveSibling(out.getFileName() + "-runtime");
        for (Path file : Sources.files(complete)) {
            Path relative = complete.relativize(file);
            if (!relative.toString().replace(File.separatorChar, '.').equals(type + ".class")) {
                Path copy = runtime.resolve(relative.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return runtime;
    }

    private static List<Report> expected(Path source) {
        try {
            List<String> lines = Files.readAllLines(source);
            List<Report> reports = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = EXPECTATION.matcher(lines.get(i));
                if (matcher.matches()) {
                    reports.add(new Report(matcher.group(1), matcher.group(2), source, i + 2, matcher.group(3)));
                }
            }
            return reports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts what was reported down to the parts that are expected, if there is an expectation for it. */
    private static Report actual(Diagnostic<? extends JavaFileObject> diagnostic, List<Report> expected)
            throws IOException {
        String message = diagnostic.getMessage(Locale.ROOT);
        String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "ERROR" : "WARNING";
        if (diagnostic.getSource() == null) {
            return new Report(kind, message, Path.of(""), 0, "");
        }
        Path file = Sources.RESOURCES.resolve(Sources.RESOURCES
                .toAbsolutePath()
                .relativize(Path.of(diagnostic.getSource().toUri()).toAbsolutePath()));
        String pointsAt =
                Files.readString(file).substring((int) diagnostic.getPosition()).replaceFirst("^\"", "");
        long line = diagnostic.getLineNumber();
        return expected.stream()
                .filter(report -> report.kind().equals(kind) && message.startsWith(report.message()))
                .filter(report -> report.file().equals(file) && report.line() == line)
                .filter(report -> pointsAt.startsWith(report.pointsAt()))
                .findFirst()
                .orElse(new Report(
                        kind, message, file, line, pointsAt.lines().findFirst().orElse("")));
    }
}
