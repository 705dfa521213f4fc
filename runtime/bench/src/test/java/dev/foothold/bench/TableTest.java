package dev.foothold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void namesStandToTheLeftAndNumbersToTheRight() {
        assertThat(new Table("what", "s").row("a", "10.25").row("longer", "1.00"))
                .hasToString("""
                        | what   |     s |
                        |--------|------:|
                        | a      | 10.25 |
                        | longer |  1.00 |
                        """);
    }

    @Test
    void aRowHasAsManyCellsAsThereAreColumns() {
        assertThatThrownBy(() -> new Table("what", "s").row("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A row of 1 cells in a table of 2 columns.");
    }

    @Test
    void whatIsUnknownIsADash() {
        assertThat(Table.number(Double.NaN, 2)).isEqualTo("–");
        assertThat(Table.number(1234.567, 1)).isEqualTo("1,234.6");
    }
}
