package dev.foothold.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.distribution.Rebalancing.Action;
import dev.foothold.distribution.Rebalancing.Step;
import dev.foothold.distribution.ZoneShare.Rule;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where machines go, from where they are taken and which have to move, and what is said about it. */
class ZonePlanTest {

    private static ZonePlan plan(Object... namesAndPopulations) {
        List<ZoneLoad> zones = new ArrayList<>();
        for (int i = 0; i < namesAndPopulations.length; i += 2) {
            zones.add(ZoneLoad.of((String) namesAndPopulations[i], (Integer) namesAndPopulations[i + 1]));
        }
        return ZonePlan.over(zones);
    }

    @Test
    void machinesGoWhereThereAreFewest_thenByName() {
        Placement placement = plan("b", 1, "a", 1, "c", 0).place(4);

        assertThat(placement.assignments()).containsExactly("c", "a", "b", "c");
        assertThat(placement.missing()).isZero();
        assertThat(placement.zones())
                .containsExactly(
                        new ZoneShare("a", 1, 2, Rule.NONE, "fewest first"),
                        new ZoneShare("b", 1, 2, Rule.NONE, "fewest first"),
                        new ZoneShare("c", 0, 2, Rule.NONE, "fewest first"));
    }

    @Test
    void anAvoidedZoneHoldsTheOthersBack_andIsNamed() {
        Placement placement =
                plan("a", 0, "b", 0, "c", 5).avoiding("a", "no room").place(3);

        assertThat(placement.assignments()).containsExactly("b");
        assertThat(placement.missing()).isEqualTo(2);
        assertThat(placement.describe()).isEqualTo("""
                of 3 machines, 1 can be placed
                  zone "a": 0, avoided: no room
                  zone "b": 0 → 1, maxSkew is 1, and zone "a" can have no more than 0
                  zone "c": 5, maxSkew is 1, and zone "a" can have no more than 0""");
    }

    @Test
    void withoutAMaxSkew_anAvoidedZoneHoldsNobodyBack() {
        Placement placement = plan("a", 0, "b", 0, "c", 5)
                .withSpread(Spread.unlimited())
                .avoiding("a", "no room")
                .place(3);

        assertThat(placement.assignments()).containsExactly("b", "b", "b");
        assertThat(placement.zones().get(1).rule()).isEqualTo(Rule.NONE);
    }

    @Test
    void aFullZoneHoldsTheOthersBack_onceItIsFull() {
        ZonePlan plan = plan("a", 0, "b", 0).withCap("a", 2);

        assertThat(plan.place(9).assignments()).containsExactly("a", "b", "a", "b", "b");
        assertThat(plan.place(9).zones()).extracting(ZoneShare::rule).containsExactly(Rule.CAP, Rule.MAX_SKEW);
        assertThat(plan.withSpread(Spread.within(3)).place(9).assignments())
                .containsExactly("a", "b", "a", "b", "b", "b", "b");
    }

    @Test
    void aZoneAboveItsCapKeepsWhatItHas() {
        Placement placement = plan("a", 4, "b", 4).withCap("a", 2).place(1);

        assertThat(placement.assignments()).containsExactly("b");
        assertThat(placement.zones().get(0)).isEqualTo(new ZoneShare("a", 4, 4, Rule.CAP, "full: its cap is 2"));
    }

    @Test
    void withFewerZonesThanMinDomains_theLowestCountIsZero() {
        ZonePlan plan = plan("a", 1, "b", 0).withSpread(Spread.within(2).withMinDomains(3));

        Placement placement = plan.place(4);

        assertThat(placement.assignments()).containsExactly("b", "a", "b");
        assertThat(placement.zones().get(0))
                .isEqualTo(new ZoneShare(
                        "a", 1, 2, Rule.MIN_DOMAINS, "minDomains is 3 and there are 2 zones, so each may have 2"));
        assertThat(plan("a", 1, "b", 0, "c", 9)
                        .withSpread(Spread.within(2).withMinDomains(3))
                        .place(4)
                        .missing())
                .isZero();
    }

    @Test
    void aZoneThatIsNotEligibleIsShownAndChangesNothing() {
        ZonePlan plan = plan("a", 3, "b", 3, "c", 0);

        Placement placement = plan.without("c", "closed").place(2);

        assertThat(placement.assignments()).containsExactly("a", "b");
        assertThat(placement.zones().get(2))
                .isEqualTo(new ZoneShare("c", 0, 0, Rule.INELIGIBLE, "not counted: closed"));
        assertThat(plan.limitedTo(List.of("a", "b", "nowhere")).place(2).assignments())
                .containsExactly("a", "b");
    }

    @Test
    void withoutAnEligibleZone_nothingCanBePlaced() {
        assertThat(plan().place(3).missing()).isEqualTo(3);
        assertThat(plan("a", 1).without("a", "closed").place(3).missing()).isEqualTo(3);
        assertThat(plan().remove(3).missing()).isEqualTo(3);
        assertThat(plan().rebalance(1).moves()).isZero();
    }

    @Test
    void machinesAreTakenAwayInTheOppositeOrder() {
        Placement removal = plan("a", 2, "b", 3, "c", 3).remove(4);

        assertThat(removal.assignments()).containsExactly("c", "b", "c", "b");
        assertThat(removal.zones())
                .extracting(ZoneShare::after, ZoneShare::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "its turn is later"),
                        org.assertj.core.groups.Tuple.tuple(1, "fullest first"),
                        org.assertj.core.groups.Tuple.tuple(1, "fullest first"));
        assertThat(plan("a", 1).remove(3).missing()).isEqualTo(2);
        assertThat(plan("a", 1).remove(3).describe()).startsWith("of 3 machines, 1 can be removed\n");
    }

    @Test
    void aRebalanceStartsBeforeItStops_withinTheSurge() {
        Rebalancing rebalancing = plan("a", 7, "b", 1, "c", 1).rebalance(2);

        assertThat(rebalancing.moves()).isEqualTo(4);
        assertThat(rebalancing.skew()).isZero();
        assertThat(rebalancing.isWithinSpread()).isTrue();
        assertThat(rebalancing.steps())
                .containsExactly(
                        new Step(Action.START, "b"),
                        new Step(Action.START, "c"),
                        new Step(Action.STOP, "a"),
                        new Step(Action.STOP, "a"),
                        new Step(Action.START, "b"),
                        new Step(Action.START, "c"),
                        new Step(Action.STOP, "a"),
                        new Step(Action.STOP, "a"));
    }

    @Test
    void aRebalanceMovesNoMoreThanTheSpreadAsksFor() {
        ZonePlan plan = plan("a", 9, "b", 1);

        assertThat(plan.withSpread(Spread.within(4)).rebalance(1).moves()).isEqualTo(2);
        assertThat(plan.withSpread(Spread.unlimited()).rebalance(1).moves()).isZero();
    }

    @Test
    void aRebalanceThatTheRulesForbid_saysWhichRule() {
        Rebalancing rebalancing = plan("a", 5, "b", 0).avoiding("b", "no room").rebalance(1);

        assertThat(rebalancing.isWithinSpread()).isFalse();
        assertThat(rebalancing.describe()).isEqualTo("""
                0 machines move, at most 1 at a time; then zones are 5 apart, which the rules do not let become 1
                  zone "a": 5, maxSkew is 1, and zone "b" can have no more than 0
                  zone "b": 0, avoided: no room""");
    }

    @Test
    void whatACloudListsIsCounted_withoutWhatIsNowhere() {
        List<InstanceId> group = Stream.of("i-1", "i-1", "i-2", "i-3", "i-4", "i-5")
                .map(InstanceId::of)
                .toList();
        Map<InstanceId, String> zoneNames = Map.of(
                InstanceId.of("i-1"),
                "a",
                InstanceId.of("i-2"),
                "b",
                InstanceId.of("i-3"),
                "",
                InstanceId.of("i-4"),
                "x");

        ZonePlan plan = ZonePlan.of(
                List.of(
                        AvailabilityZone.of("b").unavailable(),
                        AvailabilityZone.of("a"),
                        AvailabilityZone.of("a").unavailable(),
                        AvailabilityZone.of(""),
                        AvailabilityZone.of("c")),
                zoneNames,
                group);

        assertThat(plan.zones())
                .containsExactly(
                        ZoneLoad.of("a", 2), ZoneLoad.of("b", 1).ineligible("unavailable"), ZoneLoad.of("c", 0));
        assertThat(plan.spread()).isEqualTo(Spread.even());
    }

    @Test
    void allocationsArePlannedOver() {
        List<AvailabilityZoneInstances> allocations = List.of(
                new AvailabilityZoneInstances("a", List.of(InstanceId.of("i-1"))),
                new AvailabilityZoneInstances("b", List.of()));

        assertThat(ZonePlan.of(allocations).place(1).assignments()).containsExactly("b");
    }

    @Test
    void aSequenceCanBeCutShort_andBegunAgain() {
        Placement placement = plan("a", 0, "b", 0).place(Integer.MAX_VALUE);

        assertThat(placement.assignments().limit(3)).containsExactly("a", "b", "a");
        assertThat(placement.assignments().limit(1)).containsExactly("a");
        assertThat(placement.assignments().spliterator().getExactSizeIfKnown()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            twice      | zone "a" is given twice; a plan has each zone once
            blank      | the empty name is not a zone; leave out machines whose zone is unknown
            population | zone "a" cannot have -1 machines; the population is 0 or more
            cap        | the cap of zone "a" is -1; a cap is 0 or more, and 0 lets nothing be placed there
            unknown    | there is no zone "x" in the plan; there are "a", "b"
            none       | there is no zone "x" in the plan; there is none
            skew       | maxSkew must be at least 1, but it is 0; with 0 no machine could be placed
            domains    | minDomains must be at least 1, but it is 0
            pointless  | minDomains is 2, which does nothing without a maxSkew; set one, for example 1
            count      | the number of machines to be placed must be 0 or more, but it is -1
            removal    | the number of machines to be removed must be 0 or more, but it is -1
            surge      | surge must be at least 1, but it is 0; a machine is started before the one it replaces is
            total      | a plan is for 2147483647 machines at most, but there would be 2147483648
            width      | a bar must be at least 1 character wide, but it is 0
            """)
    void badInput_isNamedWithTheRule(String mistake, String message) {
        ZoneLoad a = ZoneLoad.of("a", 1);
        Map<String, Runnable> mistakes = Map.ofEntries(
                Map.entry("twice", () -> ZonePlan.over(List.of(a, a))),
                Map.entry("blank", () -> ZoneLoad.of(" ", 1)),
                Map.entry("population", () -> ZoneLoad.of("a", -1)),
                Map.entry("cap", () -> a.withCap(-1)),
                Map.entry("unknown", () -> plan("a", 1, "b", 1).withCap("x", 1)),
                Map.entry("none", () -> plan().avoiding("x", "typo")),
                Map.entry("skew", () -> Spread.within(0)),
                Map.entry("domains", () -> Spread.even().withMinDomains(0)),
                Map.entry("pointless", () -> Spread.unlimited().withMinDomains(2)),
                Map.entry("count", () -> plan("a", 1).place(-1)),
                Map.entry("removal", () -> plan("a", 1).remove(-1)),
                Map.entry("surge", () -> plan("a", 1).rebalance(0)),
                Map.entry("total", () -> plan("a", 1).place(Integer.MAX_VALUE)),
                Map.entry("width", () -> plan("a", 1).place(1).chart(0, false)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mistakes.get(mistake).run())
                .withMessageContaining(message);
    }
}
