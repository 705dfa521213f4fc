package dev.foothold.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Reads a file of questions with recorded answers and makes a test of each.
 *
 * <p>What became of them is written to {@code target/vectors/<file>.txt}, a first line to add up and a line for each
 * case that was mapped away:
 *
 * <pre>{@code
 * sizes_and_names passed=29 mapped-away=2 total=31
 * mapped away: sizes_and_names/full-name-x: the owner's UUID is a UUID here
 * }</pre>
 *
 * <p>The file is written before the first case and after each, so that cases that failed or did not run are missing
 * from the sum.
 */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final List<VectorCase> cases;
    private final Path report;
    private final PrintStream out;
    private final Map<String, String> mappedAway = new LinkedHashMap<>();
    private int passed;

    private Vectors(String file, List<VectorCase> cases, Path report, PrintStream out) {
        this.file = file;
        this.cases = cases;
        this.report = report;
        this.out = out;
    }

    /**
     * Reads a file from {@code vectors} on the class path.
     *
     * @param file its name without folder and extension
     * @return the questions
     * @throws AssertionError if there is no such file, or two of its cases have the same name
     * @throws UncheckedIOException if it cannot be read
     */
    public static Vectors file(String file) {
        return read(file, Path.of(System.getProperty("basedir", ""), "target", "vectors"), System.out);
    }

    static Vectors read(String file, Path reports, PrintStream out) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file + ".json")) {
            if (in == null) {
                throw new AssertionError("there is no vectors/" + file + ".json among the test resources");
            }
            Map<String, VectorCase> cases = new LinkedHashMap<>();
            for (JsonNode json : JSON.readTree(in)) {
                VectorCase vector = new VectorCase(file, json.path("name").asText(), json);
                if (cases.put(vector.name(), vector) != null) {
                    throw new AssertionError("two cases are called " + vector);
                }
            }
            return new Vectors(file, List.copyOf(cases.values()), reports.resolve(file + ".txt"), out);
        } catch (IOException e) {
            throw new UncheckedIOException("vectors/" + file + ".json cannot be read", e);
        }
    }

    /**
     * Makes a test of each case. Call it once for a file, in a method annotated with
     * {@link org.junit.jupiter.api.TestFactory}.
     *
     * @param test asks the question and compares the answers; may end in {@link VectorCase#mappedAway(String)}
     * @return the tests
     */
    public Stream<DynamicTest> tests(ThrowingConsumer<VectorCase> test) {
        writeReport();
        return cases.stream().map(vector -> DynamicTest.dynamicTest(vector.name(), () -> run(vector, test)));
    }

    private void run(VectorCase vector, ThrowingConsumer<VectorCase> test) throws Throwable {
        try {
            test.accept(vector);
            passed++;
        } catch (VectorCase.MappedAway reason) {
            String line = "mapped away: " + vector + ": " + reason.getMessage();
            mappedAway.put(vector.name(), line);
            out.println(line);
        }
        writeReport();
    }

    private void writeReport() {
        List<String> lines = new ArrayList<>();
        lines.add(file + " passed=" + passed + " mapped-away=" + mappedAway.size() + " total=" + cases.size());
        lines.addAll(mappedAway.values());
        try {
            Files.createDirectories(report.getParent());
            Files.write(report, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(report + " cannot be written", e);
        }
    }
}
