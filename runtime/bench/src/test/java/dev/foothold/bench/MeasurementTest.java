package dev.foothold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddleWhateverTheOrder() {
        assertThat(measured(3, 9, 1)).isEqualTo(new Measurement(1, 3, 9, 2));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(measured(4, 1, 2, 9).median()).isEqualTo(3);
    }

    @Test
    void whatTheProcessorsDidIsUnknownIfItIsUnknownOnce() {
        assertThat(Measurement.of(List.of(new Cost(1, 2), new Cost(1, Double.NaN)))
                        .cpu())
                .isNaN();
    }

    @Test
    void eachFurtherOneCostsItsShareOfTheDifference() {
        Measurement further = measured(21, 33).perFurther(measured(1, 3), 10);

        assertThat(further.min()).isEqualTo(2, within(1e-9));
        assertThat(further.median()).isEqualTo(2.5, within(1e-9));
        assertThat(further.max()).isEqualTo(3, within(1e-9));
    }

    private static Measurement measured(double... walls) {
        return Measurement.of(DoubleStream.of(walls)
                .mapToObj(wall -> new Cost(wall, wall * 2))
                .toList());
    }
}
