package dev.foothold.event.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLineTest {

    private final StringBuilder screen = new StringBuilder();
    private final StatusLine status = new StatusLine(screen, 40);

    @Test
    void dataFollowsTheInfo() {
        status.show("Creating", "50%");

        assertThat(written()).isEqualTo(" - Creating 50%\r");
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "Zürich, 6", // one column, two bytes
        "東京, 4",
        "서울, 4",
        "ｗｉｄｅ, 8",
        "🚀, 2",
        "cafe\u0301, 4", // the accent is a character of its own
        "❤\uFE0F, 2", // a symbol that is asked to be an emoji
        "a\u200Bb, 2",
        "x\u00ADy, 3",
        "각, 2" // one syllable of three characters
    })
    @Tag("D-5")
    void whatWasShownIsWipedByItsColumns(String text, int columns) {
        status.show(text, "");
        written();

        status.show("", "");
        assertThat(written()).isEqualTo(" - " + " ".repeat(columns) + "\r");

        status.show(text, "");
        written();
        status.clear();
        assertThat(written()).isEqualTo(" ".repeat(3 + columns) + "\r");
    }

    @Test
    @Tag("D-5")
    void whatFollowsIsFilledUpByItsColumns() {
        status.show("東京東京", "");
        written();

        status.show("京京京", "");
        assertThat(written()).isEqualTo(" - 京京京  \r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the quick brown fox jumps over the lazy dog", "東京東京東京東京東京東京東京東京東京東京東京東京東京東京"})
    void whatIsTooLongForTheLineIsCut(String text) {
        status.show(text, "");

        String written = written();
        assertThat(written).endsWith("...\r");
        assertThat(DisplayWidth.of(written)).isBetween(38, 39);
    }

    @Test
    void whatFitsIsNotCut() {
        status.show("x".repeat(36), "");

        assertThat(written()).isEqualTo(" - " + "x".repeat(36) + "\r");
    }

    @Test
    void moreThanOneLineIsShownOnOne() {
        status.show("one\ntwo\tthree", "");

        assertThat(written()).isEqualTo(" - one two three\r");
    }

    @Test
    void othersCannotCommandTheTerminal() {
        status.show("a\u001B[2J\u001B]0;title\u0007b\u001B\u0007c\u009B\u202E", "");

        assertThat(written()).isEqualTo(" - ab^[^Gc\\u009b\\u202e\r");
    }

    @Test
    void aLineThatStaysHidesWhatWasShown() {
        status.show("longer than the line", "");
        written();

        status.keep(" + short\n   and more");
        assertThat(written()).isEqualTo(" + short               \n   and more\n");
        status.clear();
        assertThat(written()).isEmpty();
    }

    @Test
    void coloursTakeNoColumns() {
        status.show("12345", "");
        written();

        status.keep("\u001B[32m+\u001B[0m ok");
        assertThat(written()).isEqualTo("\u001B[32m+\u001B[0m ok    \n");
    }

    @Test
    void aTerminalThatIsTooNarrowIsRefused() {
        assertThatThrownBy(() -> new StatusLine(screen, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 columns");
    }

    @Test
    void whatCannotBeWrittenIsAnError() {
        IOException full = new IOException("No space left on device");
        StatusLine line = new StatusLine(new FailingWriter(full), 40);

        assertThatThrownBy(() -> line.show("x", ""))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device")
                .hasCause(full);
    }

    private String written() {
        String written = screen.toString();
        screen.setLength(0);
        return written;
    }
}
