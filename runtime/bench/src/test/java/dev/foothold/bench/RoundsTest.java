package dev.foothold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> log = new ArrayList<>();

    @Test
    void eachRoundRunsAllAndStartsWithAnother() throws Exception {
        Rounds.run(3, List.of(trial("a"), trial("b")));

        assertThat(log)
                .containsExactly(
                        "prepare a",
                        "run a",
                        "prepare b",
                        "run b",
                        "prepare b",
                        "run b",
                        "prepare a",
                        "run a",
                        "prepare a",
                        "run a",
                        "prepare b",
                        "run b");
    }

    @Test
    void resultsComeInTheOrderGiven() throws Exception {
        assertThat(Rounds.run(2, List.of(trial("b"), trial("a"), trial("c")))).containsOnlyKeys("b", "a", "c");
        assertThat(Rounds.run(2, List.of(trial("b"), trial("a"), trial("c"))).keySet())
                .containsExactly("b", "a", "c");
    }

    @Test
    void whatFailsIsNotMeasured() {
        Trial broken = new Logged("broken") {
            @Override
            public void run() throws IOException {
                throw new IOException("it fell over");
            }
        };

        assertThatThrownBy(() -> Rounds.run(2, List.of(trial("a"), broken)))
                .isInstanceOf(IOException.class)
                .hasMessage("it fell over");
        assertThat(log).containsExactly("prepare a", "run a", "prepare broken");
    }

    private Trial trial(String name) {
        return new Logged(name);
    }

    private class Logged implements Trial {

        private final String name;

        Logged(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void prepare() {
            log.add("prepare " + name);
        }

        @Override
        public void run() throws Exception {
            log.add("run " + name);
        }
    }
}
