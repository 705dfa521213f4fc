package dev.foothold.bench.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bench.Cost;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SizeResultTest {

    private final SizeResult few = result(
            10,
            Map.of(
                    "Foothold",
                    seconds(2),
                    "string writer",
                    seconds(1.8),
                    "pre-generated",
                    seconds(1.6),
                    "AutoValue",
                    seconds(1.5)));

    private final SizeResult many = result(
            1_010,
            Map.of(
                    "Foothold",
                    seconds(12),
                    "string writer",
                    seconds(8),
                    "pre-generated",
                    seconds(7),
                    "AutoValue",
                    seconds(10.5)));

    @Test
    void theTargetsAreThoseOfTheProject() {
        assertThat(many.targets(few))
                .extracting(Target::toString)
                .containsExactly(
                        "MISS  1.50 > 1.25  1010 classes: Foothold / string writer",
                        "MISS  1.50 > 1.25  1010 classes: Foothold / string writer, CPU",
                        "MISS  1.11 > 1.10  each further class: Foothold / AutoValue",
                        "MISS  1.11 > 1.10  each further class: Foothold / AutoValue, CPU",
                        "PASS  1.25 ≤ 1.40  10 classes: Foothold / pre-generated",
                        "PASS  1.25 ≤ 1.40  10 classes: Foothold / pre-generated, CPU");
    }

    @Test
    void withoutFewerClassesThereIsNoTargetForEachFurtherOne() {
        assertThat(few.targets(few))
                .extracting(Target::what)
                .noneMatch(what -> what.contains("further"))
                .hasSize(4);
    }

    @Test
    void whereProcessorTimeIsUnknownNothingIsSaidOfIt() {
        Measurement unknown = new Measurement(1, 1, 1, Double.NaN);
        SizeResult result = result(10, Map.of("Foothold", unknown, "string writer", unknown));

        assertThat(result.targets(result))
                .extracting(Target::toString)
                .containsExactly("PASS  1.00 ≤ 1.25  10 classes: Foothold / string writer");
        assertThat(result.table().toString()).contains("–");
    }

    @Test
    void eachFurtherClassIsInMillisecondsAndBesideOurs() {
        assertThat(many.furtherTable(few).toString().lines().filter(line -> line.contains("AutoValue")))
                .anyMatch(line -> line.endsWith("|   9.00 |      9.00 |  18.00 |       0.90 |       0.90 |"));
    }

    @Test
    void whatWasWrittenIsCountedInBytes() {
        assertThat(SizeResult.Written.of(new TreeMap<>(Map.of("a", "größe", "b", "1"))))
                .isEqualTo(new SizeResult.Written(2, 8));
    }

    private static SizeResult result(int classes, Map<String, Measurement> measured) {
        Map<String, SizeResult.Written> written = new LinkedHashMap<>();
        measured.keySet().forEach(name -> written.put(name, new SizeResult.Written(classes, classes * 100L)));
        return new SizeResult(classes, measured, written);
    }

    private static Measurement seconds(double wall) {
        return Measurement.of(List.of(new Cost(wall, 2 * wall)));
    }
}
