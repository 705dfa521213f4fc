package dev.foothold.sample.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.constraints.Constraints;
import dev.foothold.distribution.Placement;
import dev.foothold.distribution.Spread;
import dev.foothold.distribution.ZoneLoad;
import dev.foothold.distribution.ZonePlan;
import dev.foothold.machine.Base;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How machines are asked for, and planned over zones; the README shows it, and what it prints. */
class PlanTest {

    @Test
    void constraintsAreWrittenOrMade() {
        Base ubuntu = Base.parse("ubuntu@24.04");
        // tag::constraints[]
        BootstrapParams first = BootstrapParams.on(ubuntu).constraints("mem=4G cores=2 zones=a,b");
        LaunchParams more = LaunchParams.on(ubuntu)
                .constraints(Constraints.none().withMemoryMib(4096).withCores(2).withZones("a", "b"));
        // end::constraints[]
        assertThat(first.constraints()).isEqualTo(more.constraints());
    }

    @Test
    void theChartIsTheOneInTheReadme() throws Exception {
        // tag::plan[]
        ZonePlan plan = ZonePlan.over(List.of(ZoneLoad.of("a", 4), ZoneLoad.of("b", 1), ZoneLoad.of("c", 2)))
                .withSpread(Spread.within(2)) // even() by default; unlimited() puts up with any difference
                .withCap("b", 3);
        Placement placement = plan.place(6);
        placement.assignments().forEach(zone -> System.out.println("one more in " + zone));
        System.out.print(placement.chart());
        // end::plan[]

        assertThat(placement.assignments()).containsExactly("b", "b", "c", "c", "a", "c");
        assertThat(Files.readString(Path.of(System.getProperty("basedir", "")).resolve("../../README.md")))
                .contains(placement.chart().indent(4));
    }
}
