package dev.foothold.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a plan is drawn. */
class ZoneChartTest {

    @Test
    void aBarHasACharacterForEachMachine() {
        Placement placement = ZonePlan.over(List.of(
                        ZoneLoad.of("north", 2),
                        ZoneLoad.of("south", 4).withCap(4),
                        ZoneLoad.of("west", 3).ineligible("unavailable")))
                .place(2);

        assertThat(placement.chart()).isEqualTo("""
                north  ##++  2 -> 4
                south  ####  4  full: its cap is 4
                west   ###   3  not counted: unavailable
                """);
        assertThat(placement.chart(40, true)).isEqualTo("""
                north  ██▓▓  2 → 4
                south  ████  4  full: its cap is 4
                west   ███   3  not counted: unavailable
                """);
    }

    @Test
    void whatGoesIsStillSeen() {
        ZonePlan plan = ZonePlan.over(List.of(ZoneLoad.of("a", 4), ZoneLoad.of("b", 1)));

        assertThat(plan.remove(2).chart()).isEqualTo("""
                a  ##--  4 -> 2
                b  #     1
                """);
        assertThat(plan.rebalance(1).chart(40, true)).isEqualTo("""
                a  ███░  4 → 3
                b  █▓    1 → 2
                """);
    }

    @Test
    void manyMachinesAreDrawnInProportion_andTheLeastChangeIsSeen() {
        ZonePlan plan =
                ZonePlan.over(List.of(ZoneLoad.of("a", 1_000_000), ZoneLoad.of("b", 1), ZoneLoad.of("c", 500_000)));

        assertThat(plan.place(1).chart(10, false)).isEqualTo("""
                a  ##########  1000000
                b  #+          1 -> 2
                c  #####       500000
                """);
        assertThat(plan.remove(1).chart(10, false)).isEqualTo("""
                a  #########-  1000000 -> 999999
                b  #           1
                c  #####       500000
                """);
    }

    @Test
    void nothingIsDrawnAsNothing() {
        assertThat(ZonePlan.over(List.of()).place(1).chart()).isEmpty();
        assertThat(ZonePlan.over(List.of(ZoneLoad.of("a", 0))).place(0).chart()).isEqualTo("a     0\n");
    }

    @Test
    void whatACloudCallsItsZonesCannotCommandATerminal() {
        ZonePlan plan = ZonePlan.over(List.of(ZoneLoad.of("a\u001B[2J\n", 1).avoided("\u009Bbell\u0007")));

        assertThat(plan.place(0).chart()).isEqualTo("a?[2J?  #  1  avoided: ?bell?\n");
    }
}
