package dev.foothold.event.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @Test
    void whatIsNoTerminalHasNoColoursAndIsNotRewritten() {
        assertThat(Terminal.of(false, Map.of("TERM", "xterm"))).isEqualTo(Terminal.none());
    }

    @Test
    void aTerminalHasColours() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm", "LANG", "de_DE.UTF-8", "COLUMNS", "132")))
                .isEqualTo(new Terminal(true, true, true, 132));
    }

    @Test
    void noColoursAreShownToWhoDoesNotWantThem() {
        assertThat(Terminal.of(true, Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(Terminal.of(true, Map.of("NO_COLOR", "")).colour()).isTrue();
    }

    @Test
    void aDumbTerminalIsNone() {
        assertThat(Terminal.of(true, Map.of("TERM", "dumb"))).isEqualTo(Terminal.none());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', false",
        "'', '', C.UTF-8, true",
        "'', en_US.utf8, C, true",
        "C, en_US.UTF-8, en_US.UTF-8, false",
        "'', C, en_US.UTF-8, false"
    })
    void theLocaleSaysWhetherMoreThanAsciiIsShown(String all, String type, String language, boolean unicode) {
        assertThat(Terminal.of(true, Map.of("LC_ALL", all, "LC_CTYPE", type, "LANG", language))
                        .unicode())
                .isEqualTo(unicode);
    }

    @ParameterizedTest
    @CsvSource({"132, 132", "10, 10", "7, 80", "0, 80", "-5, 80", "wide, 80", "99999999999, 80", "'', 80"})
    void columnsThatAreNoneAreEighty(String columns, int expected) {
        assertThat(Terminal.of(true, Map.of("COLUMNS", columns)).columns()).isEqualTo(expected);
    }

    @Test
    void tooFewColumnsAreRefused() {
        assertThatThrownBy(() -> new Terminal(true, true, true, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 9");
    }
}
