package dev.foothold.distribution;

import dev.foothold.distribution.ZoneLoad.Standing;
import dev.foothold.distribution.ZoneShare.Rule;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.InstanceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Says into which zones machines go so that they are spread, from which they are taken away, and which have to move.
 *
 * <p>One rule: a machine goes to the zone that has fewest, of several to the first by name. A zone is passed over while its
 * cap forbids more, while it is avoided, and while it would be further ahead of the eligible zone that has fewest than the
 * {@link Spread} allows, whether or not that one may have more. Machines are taken away in the opposite order. A zone that
 * is not eligible changes nothing for the others, nor does one that is not named at all.
 *
 * <pre>{@code
 * ZonePlan plan = ZonePlan.of(provider.availabilityZoneAllocations(group)).withCap("a", 10);
 * Placement placement = plan.place(6);
 * placement.assignments().forEach(zone -> start(zone));
 * System.out.print(placement.chart());
 * }</pre>
 *
 * <p>How many machines each zone gets is computed in a time that depends on the zones alone, not on the machines (z zones:
 * O(z log z)). Immutable; nothing is asked for and nothing started.
 */
public final class ZonePlan {

    private static final Words PLACED = new Words("fewest first", "its turn is later", "");
    private static final Words REMOVED = new Words("", "its turn is later", "fullest first");
    private static final Words MOVED = new Words("had fewest", "stays", "was too far ahead");

    private final List<ZoneLoad> zones;
    private final Spread spread;

    private ZonePlan(List<ZoneLoad> zones, Spread spread) {
        this.zones = zones;
        this.spread = spread;
    }

    /**
     * Plans over zones, evenly.
     *
     * @param zones all that are to count or to be shown, in any order; with none, nothing can be placed
     * @return the plan
     * @throws IllegalArgumentException if a zone is given twice; the message names it
     */
    public static ZonePlan over(Collection<ZoneLoad> zones) {
        Set<String> names = new HashSet<>();
        for (ZoneLoad zone : zones) {
            if (!names.add(zone.zone())) {
                throw new IllegalArgumentException(
                        "zone \"" + zone.zone() + "\" is given twice; a plan has each zone once");
            }
        }
        return new ZonePlan(
                zones.stream().sorted(Comparator.comparing(ZoneLoad::zone)).toList(), Spread.even());
    }

    /**
     * Plans over the zones in which a group has been counted, evenly.
     *
     * @param allocations how many machines are in which zone, as {@link ZoneAllocations#of} gives it
     * @return the plan
     * @throws IllegalArgumentException if a zone is given twice, or has no name
     */
    public static ZonePlan of(Collection<AvailabilityZoneInstances> allocations) {
        return over(allocations.stream()
                .map(zone -> ZoneLoad.of(zone.zoneName(), zone.count()))
                .toList());
    }

    /**
     * Counts a group in the zones of a cloud, and plans over these, evenly. Zones that are not available are not eligible.
     *
     * @param zones all zones of the cloud; a name that occurs twice is one zone, the first decides; one without a name is
     *     none
     * @param zoneNames the zone of each instance, as far as known; others, and those in other zones, are not counted
     * @param group the instances to count; one that occurs twice counts twice
     * @return the plan
     */
    public static ZonePlan of(
            Collection<AvailabilityZone> zones, Map<InstanceId, String> zoneNames, Collection<InstanceId> group) {
        Map<String, Integer> counts = new HashMap<>();
        for (InstanceId id : group) {
            String zone = zoneNames.get(id);
            if (zone != null) {
                counts.merge(zone, 1, Integer::sum);
            }
        }
        Map<String, ZoneLoad> loads = new LinkedHashMap<>();
        for (AvailabilityZone zone : zones) {
            if (!zone.name().isBlank()) {
                ZoneLoad load = ZoneLoad.of(zone.name(), counts.getOrDefault(zone.name(), 0));
                loads.putIfAbsent(zone.name(), zone.available() ? load : load.ineligible("unavailable"));
            }
        }
        return over(loads.values());
    }

    /**
     * Says how even it has to be.
     *
     * @param wanted the spread; {@link Spread#even()} by default
     * @return the changed copy
     */
    public ZonePlan withSpread(Spread wanted) {
        return new ZonePlan(zones, Objects.requireNonNull(wanted, "wanted"));
    }

    /**
     * Limits how many machines a zone may have.
     *
     * @param zone the zone
     * @param most the most that it may have when one more is placed; what it has already it keeps
     * @return the changed copy
     * @throws IllegalArgumentException if there is no such zone, or the number is negative; the message names it
     */
    public ZonePlan withCap(String zone, int most) {
        return with(zone, load -> load.withCap(most));
    }

    /**
     * Has nothing placed in a zone, which still counts: others do not get further ahead of it than the spread allows.
     *
     * @param zone the zone
     * @param why for people, for example {@code no room}
     * @return the changed copy
     * @throws IllegalArgumentException if there is no such zone; the message names those that there are
     */
    public ZonePlan avoiding(String zone, String why) {
        return with(zone, load -> load.avoided(why));
    }

    /**
     * Plans as if a zone were not there; it is only shown.
     *
     * @param zone the zone
     * @param why for people, for example {@code closed in spring}
     * @return the changed copy
     * @throws IllegalArgumentException if there is no such zone; the message names those that there are
     */
    public ZonePlan without(String zone, String why) {
        return with(zone, load -> load.ineligible(why));
    }

    /**
     * Plans as if only some of the zones were there; the others are only shown.
     *
     * @param names the zones that stay as they are; those that there are not are ignored
     * @return the changed copy
     */
    public ZonePlan limitedTo(Collection<String> names) {
        Set<String> wanted = Set.copyOf(names);
        return new ZonePlan(
                zones.stream()
                        .map(load -> load.standing() == Standing.INELIGIBLE || wanted.contains(load.zone())
                                ? load
                                : load.ineligible("not asked for"))
                        .toList(),
                spread);
    }

    private ZonePlan with(String zone, UnaryOperator<ZoneLoad> change) {
        if (zones.stream().noneMatch(load -> load.zone().equals(zone))) {
            throw new IllegalArgumentException("there is no zone \"" + zone + "\" in the plan; there "
                    + (zones.isEmpty()
                            ? "is none"
                            : "are "
                                    + zones.stream()
                                            .map(load -> "\"" + load.zone() + "\"")
                                            .collect(Collectors.joining(", "))));
        }
        return new ZonePlan(
                zones.stream()
                        .map(load -> load.zone().equals(zone) ? change.apply(load) : load)
                        .toList(),
                spread);
    }

    /**
     * Gives the zones.
     *
     * @return what is known of each, in the order of their names
     */
    public List<ZoneLoad> zones() {
        return zones;
    }

    /**
     * Gives how even it has to be.
     *
     * @return the spread
     */
    public Spread spread() {
        return spread;
    }

    /**
     * Says where further machines go.
     *
     * @param count how many, 0 or more
     * @return where they go, and how many cannot be placed, with the rule that forbids it
     * @throws IllegalArgumentException if the number is negative, or if with those that are there already it is larger than
     *     an {@code int} can be
     */
    public Placement place(int count) {
        Eligible eligible = eligible();
        checkCount("placed", count);
        checkTotal(eligible.total() + count);
        Columns columns = eligible.toBeFilled();
        Columns.Level level = columns.level(count);
        int[] after = columns.filledTo(level);
        return new Placement(
                "placed",
                count,
                level.pieces(),
                shares(eligible, after, zone -> eligible.rule(zone, after[zone]), PLACED),
                () -> columns.pieces(after).mapToObj(eligible::name));
    }

    /**
     * Says from which zones machines are taken away: where there are most, of several zones from the last by name. Caps and
     * avoided zones make no difference to that.
     *
     * @param count how many, 0 or more
     * @return from which zones, and how many there are too few
     * @throws IllegalArgumentException if the number is negative
     */
    public Placement remove(int count) {
        Eligible eligible = eligible();
        checkCount("removed", count);
        Columns columns = eligible.toBeEmptied();
        Columns.Level level = columns.level(count);
        int[] emptied = columns.filledTo(level);
        return new Placement(
                "removed",
                count,
                level.pieces(),
                shares(eligible, eligible.mirrored(emptied), zone -> Rule.NONE, REMOVED),
                () -> columns.pieces(emptied).mapToObj(column -> eligible.name(eligible.opposite(column))));
    }

    /**
     * Says which machines have to move until no zone is further ahead of the one that has fewest than the spread allows:
     * one after the other from where there are most to where there are fewest, and no more than that. If the rules do not
     * allow to get there, it is as even as they allow. Without a {@code maxSkew} nothing moves.
     *
     * <p>Each machine is started in its new zone before one is stopped in the old one.
     *
     * @param surge how many machines there may be at a time beyond those that there are now, at least 1
     * @return the moves
     * @throws IllegalArgumentException if the number is below 1, or if there are more machines than an {@code int} can be
     */
    public Rebalancing rebalance(int surge) {
        if (surge < 1) {
            throw new IllegalArgumentException("surge must be at least 1, but it is " + surge
                    + "; a machine is started before the one it replaces is stopped");
        }
        Eligible eligible = eligible();
        checkTotal(eligible.total());
        Columns sources = eligible.toBeEmptied();
        Columns targets = eligible.toBeFilled();
        int moves = eligible.moves(sources, targets);
        int[] emptied = sources.filledTo(sources.level(moves));
        int[] filled = targets.filledTo(targets.level(moves));
        int[] after = eligible.mirrored(emptied);
        Arrays.setAll(after, zone -> after[zone] + filled[zone] - eligible.population(zone));
        return new Rebalancing(
                moves,
                surge,
                eligible.skew(after),
                spread,
                shares(eligible, after, zone -> eligible.rule(zone, after[zone]), MOVED),
                () -> sources.pieces(emptied).mapToObj(column -> eligible.name(eligible.opposite(column))),
                () -> targets.pieces(filled).mapToObj(eligible::name));
    }

    private Eligible eligible() {
        return new Eligible(
                zones.stream()
                        .filter(load -> load.standing() != Standing.INELIGIBLE)
                        .toList(),
                spread);
    }

    /** What there is to say of a zone to which no rule applies, by whether it gets more, stays, or gets fewer. */
    private record Words(String more, String same, String fewer) {}

    private List<ZoneShare> shares(Eligible eligible, int[] after, IntFunction<Rule> rules, Words words) {
        List<ZoneShare> shares = new ArrayList<>(zones.size());
        int number = 0;
        for (ZoneLoad load : zones) {
            int before = load.population();
            if (load.standing() == Standing.INELIGIBLE) {
                shares.add(
                        new ZoneShare(load.zone(), before, before, Rule.INELIGIBLE, "not counted: " + load.reason()));
                continue;
            }
            int then = after[number];
            Rule rule = rules.apply(number);
            String why = rule != Rule.NONE
                    ? eligible.reason(number, rule)
                    : then > before ? words.more() : then < before ? words.fewer() : words.same();
            shares.add(new ZoneShare(load.zone(), before, then, rule, why));
            number++;
        }
        return List.copyOf(shares);
    }

    private static void checkCount(String what, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "the number of machines to be " + what + " must be 0 or more, but it is " + count);
        }
    }

    private static void checkTotal(long total) {
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a plan is for " + Integer.MAX_VALUE + " machines at most, but there would be " + total);
        }
    }
}
