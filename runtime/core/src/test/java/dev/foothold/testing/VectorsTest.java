package dev.foothold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

class VectorsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void report_countsWhatPassedAndWhatWasMappedAway() throws Throwable {
        run(vector -> {
            if (vector.name().equals("min-one")) {
                throw vector.mappedAway("no such minimum");
            }
        });

        assertThat(report())
                .containsExactly(
                        "attempt_strategy passed=11 mapped-away=1 total=12",
                        "mapped away: attempt_strategy/min-one: no such minimum");
        assertThat(printed)
                .hasToString("mapped away: attempt_strategy/min-one: no such minimum" + System.lineSeparator());
    }

    @Test
    void report_lacksCasesThatFail() throws Throwable {
        assertThatThrownBy(() -> run(vector -> assertThat(vector.name()).isNotEqualTo("zero-strategy")))
                .isInstanceOf(AssertionError.class);

        assertThat(report()).containsExactly("attempt_strategy passed=4 mapped-away=0 total=12");
    }

    @Test
    void report_lacksCasesThatDidNotRun() throws IOException {
        vectors().tests(vector -> {});

        assertThat(report()).containsExactly("attempt_strategy passed=0 mapped-away=0 total=12");
    }

    @Test
    void integersOfMoreThan63Bits_areExact() throws Throwable {
        Vectors.read("sizes_and_names", folder, new PrintStream(printed))
                .tests(vector -> {
                    if (vector.name().equals("mib-18446744073709551615")) {
                        assertThat(vector.get("mib").bigIntegerValue())
                                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
                    }
                })
                .filter(test -> test.getDisplayName().equals("mib-18446744073709551615"))
                .findAny()
                .orElseThrow()
                .getExecutable()
                .execute();
    }

    @Test
    void aMissingFileOrField_isNamed() {
        assertThatThrownBy(() -> Vectors.read("no_such", folder, new PrintStream(printed)))
                .hasMessageContaining("vectors/no_such.json");
        assertThatThrownBy(() -> run(vector -> vector.expect("colour")))
                .hasMessage("attempt_strategy/short-instant has no field \"colour\"");
    }

    private void run(ThrowingConsumer<VectorCase> test) throws Throwable {
        try (Stream<DynamicTest> tests = vectors().tests(test)) {
            for (DynamicTest each : tests.toList()) {
                each.getExecutable().execute();
            }
        }
    }

    private Vectors vectors() {
        return Vectors.read("attempt_strategy", folder, new PrintStream(printed));
    }

    private List<String> report() throws IOException {
        return Files.readAllLines(folder.resolve("attempt_strategy.txt"));
    }
}
