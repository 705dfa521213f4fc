package dev.foothold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void whatIsNotAskedForIsAsEachBenchmarkHasIt() {
        Options options = parse();

        assertThat(options.rounds(7)).isEqualTo(7);
        assertThat(options.sizes(10, 100)).containsExactly(10, 100);
        assertThat(options.only()).isEmpty();
    }

    @Test
    void sizesAscendHoweverTheyAreGiven() {
        assertThat(parse("sizes=100,10, 100").sizes(1)).containsExactly(10, 100);
    }

    @Test
    void namesMayHaveMoreThanOneWordInThem() {
        assertThat(parse("only=AutoValue,string writer").only())
                .containsExactlyInAnyOrder("AutoValue", "string writer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"round=3", "rounds", "3"})
    void whatIsNoOptionIsRefusedWithTheOptionsThereAre(String word) {
        assertThatThrownBy(() -> parse(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"" + word
                                + "\" is not an option. Options are written name=value; there are [only, rounds, sizes, trials].");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rounds=0", "rounds=-1", "rounds=many", "rounds="})
    void aNumberOfRoundsIsAWholeNumberAboveZero(String word) {
        assertThatThrownBy(() -> parse(word).rounds(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(word + ": expected a whole number above zero.");
    }

    private static Options parse(String... words) {
        return Options.parse(Path.of("target"), List.of(words));
    }
}
