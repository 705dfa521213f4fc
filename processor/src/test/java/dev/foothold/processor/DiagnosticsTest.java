package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.processor.check.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds where the compiler points and with which id: each file in {@code bad} says so itself, in a comment on the line
 * above ({@code // ERROR: [BadName] at "Acme Cloud"}). Nothing else may be reported.
 */
class DiagnosticsTest {

    private static final Path BAD = Sources.RESOURCES.resolve("bad");
    private static final Pattern EXPECTATION = Pattern.compile(" *// (ERROR|WARNING): (.*) at \"(.*)\"");

    /** What a user reads, as far as it is fixed: severity, how the message starts, line, and the source pointed at. */
    private record Report(String kind, String message, long line, String pointsAt) {}

    static List<String> files() {
        return Sources.files(BAD).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachMistake_isReportedOnceWhereItIs(String file) throws IOException {
        Path source = BAD.resolve(file);
        List<Report> expected = expected(source);
        assertThat(expected).isNotEmpty();
        List<Report> actual = new ArrayList<>();
        for (var diagnostic : Sources.errorsAndWarnings(Sources.compile(List.of(), List.of(Sources.load(source))))) {
            actual.add(actual(diagnostic, expected, Files.readString(source)));
        }
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyProblem_hasABadFileOrATestOfItsOwn() {
        Set<String> covered = new HashSet<>();
        for (String file : files()) {
            expected(BAD.resolve(file)).forEach(report -> covered.add(report.message()));
        }
        Arrays.stream(RoundsTest.class.getDeclaredMethods())
                .map(method -> method.getName().split("_")[0])
                .forEach(name ->
                        covered.add("[" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "]"));
        assertThat(covered)
                .containsAll(Arrays.stream(Problem.values())
                        .map(problem -> "[" + problem.id() + "]")
                        .collect(Collectors.toSet()));
    }

    private static List<Report> expected(Path source) {
        try {
            List<String> lines = Files.readAllLines(source);
            List<Report> reports = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = EXPECTATION.matcher(lines.get(i));
                if (matcher.matches()) {
                    reports.add(new Report(matcher.group(1), matcher.group(2), i + 2, matcher.group(3)));
                }
            }
            return reports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts what was reported down to the parts that are expected, if there is an expectation for it. */
    private static Report actual(
            Diagnostic<? extends JavaFileObject> diagnostic, List<Report> expected, String source) {
        String message = diagnostic.getMessage(Locale.ROOT);
        String pointsAt = source.substring((int) diagnostic.getPosition()).replaceFirst("^\"", "");
        String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "ERROR" : "WARNING";
        long line = diagnostic.getLineNumber();
        return expected.stream()
                .filter(report -> message.startsWith(report.message()))
                .filter(report -> report.line() == line && pointsAt.startsWith(report.pointsAt()))
                .findFirst()
                .orElse(new Report(
                        kind, message, line, pointsAt.lines().findFirst().orElse("")));
    }
}
