package dev.foothold.bench.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenessTest {

    @Test
    void ninetyFiveOfAHundredAreNoWorseThanP95() {
        List<Double> seconds =
                IntStream.rangeClosed(1, 100).asDoubleStream().boxed().collect(Collectors.toList());
        Collections.reverse(seconds);

        assertThat(Lateness.of(seconds)).isEqualTo(new Lateness(100, 50.5, 95, 100));
    }

    @Test
    void ofOneAllIsTheSame() {
        assertThat(Lateness.of(List.of(2.0))).isEqualTo(new Lateness(1, 2, 2, 2));
    }
}
