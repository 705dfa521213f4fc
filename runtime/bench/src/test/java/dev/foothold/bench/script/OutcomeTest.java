package dev.foothold.bench.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    /** Writes what it is told to. */
    private record Talker(long bytes) implements Contender {

        @Override
        public void stream(Taker taker) {
            taker.take(10);
            taker.take((int) (bytes - 10));
        }

        @Override
        public void upload(Path archive, Path directory) {}
    }

    @Test
    void theLeastOfEverythingCountsAndSurvivesTheWayBetweenProcesses() {
        Outcome least = new Outcome(2, 0.5, 30).least(new Outcome(3, 0.25, 20));

        assertThat(Outcome.parse(least.text())).isEqualTo(new Outcome(2, 0.25, 20));
        assertThat(Outcome.parse(new Outcome(1, Double.NaN, 5).text()).firstByte())
                .isNaN();
    }

    @Test
    void outputThatIsNotAllThereIsNoResult() throws Exception {
        assertThat(Outcome.ofStream(new Talker(Contender.OUTPUT)).firstByte()).isPositive();
        assertThatThrownBy(() -> Outcome.ofStream(new Talker(Contender.OUTPUT - 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("104857599 bytes of output instead of 104857600");
    }
}
