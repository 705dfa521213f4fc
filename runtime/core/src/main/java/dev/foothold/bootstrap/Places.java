package dev.foothold.bootstrap;

import dev.foothold.distribution.Placement;
import dev.foothold.distribution.Spread;
import dev.foothold.distribution.ZoneLoad;
import dev.foothold.distribution.ZonePlan;
import dev.foothold.distribution.ZoneShare;
import dev.foothold.distribution.ZoneShare.Rule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the place of the next machine: a zone, and a size. The first size is asked for in the zones that have it, as long
 * as these do not get further ahead of the others than the spread allows; only then is the next size asked for where there
 * is no room for the first.
 */
final class Places {

    /** What stands for the zone of a cloud that has none. */
    static final String NO_ZONE = "";

    /**
     * Where a machine is to be, and which of the sizes it is to be.
     *
     * @param zone the zone; the empty name for a cloud without zones
     * @param size the number of the size
     */
    record Place(String zone, int size) {

        @Nullable
        String zoneName() {
            return zone.equals(NO_ZONE) ? null : zone;
        }
    }

    private final Spread spread;
    private final int sizes;
    /** How many machines each zone has, with those that are being started; zones that nothing more is asked of are gone. */
    private final Map<String, Integer> population;
    /** The next size to ask for, by zone. */
    private final Map<String, Integer> next = new LinkedHashMap<>();

    private Places(
            Spread spread,
            int sizes,
            Map<String, Integer> population,
            BiPredicate<@Nullable String, Integer> hasNoRoom) {
        this.spread = spread;
        this.sizes = sizes;
        this.population = new TreeMap<>(population);
        preferWhatHasRoom(hasNoRoom);
    }

    /**
     * Chooses among zones.
     *
     * @param population how many machines each zone has
     * @param hasNoRoom tells whether a zone had no room for a size a moment ago
     */
    static Places inZones(
            Spread spread,
            int sizes,
            Map<String, Integer> population,
            BiPredicate<@Nullable String, Integer> hasNoRoom) {
        return new Places(spread, sizes, population, hasNoRoom);
    }

    static Places withoutZones(int sizes, BiPredicate<@Nullable String, Integer> hasNoRoom) {
        return new Places(Spread.unlimited(), sizes, Map.of(NO_ZONE, 0), hasNoRoom);
    }

    /** Begins, in each zone, with what it had room for; zones without room for anything are left out, if others have. */
    private void preferWhatHasRoom(BiPredicate<@Nullable String, Integer> hasNoRoom) {
        Set<String> full = new HashSet<>();
        for (String zone : population.keySet()) {
            OptionalInt first = IntStream.range(0, sizes)
                    .filter(size -> !hasNoRoom.test(new Place(zone, size).zoneName(), size))
                    .findFirst();
            if (first.isEmpty()) {
                full.add(zone);
            }
            next.put(zone, first.orElse(0));
        }
        if (full.size() < population.size()) {
            population.keySet().removeAll(full);
        }
    }

    /** Takes the place of the next machine; nothing if no zone is left, or none may have more. */
    Optional<Place> take() {
        for (int size = 0; size < sizes; size++) {
            Optional<String> zone = zoneFor(size);
            if (zone.isPresent()) {
                population.merge(zone.get(), 1, Integer::sum);
                return Optional.of(new Place(zone.get(), next.get(zone.get())));
            }
        }
        return Optional.empty();
    }

    private Optional<String> zoneFor(int size) {
        if (population.containsKey(NO_ZONE)) {
            return next.get(NO_ZONE) <= size ? Optional.of(NO_ZONE) : Optional.empty();
        }
        return plan(size).place(1).assignments().findFirst();
    }

    private ZonePlan plan(int size) {
        return ZonePlan.over(population.entrySet().stream()
                        .map(entry -> {
                            ZoneLoad load = ZoneLoad.of(entry.getKey(), entry.getValue());
                            return next.get(entry.getKey()) <= size ? load : load.avoided("no room for the size");
                        })
                        .toList())
                .withSpread(spread);
    }

    /**
     * Gives a place back at which the cloud refused a machine.
     *
     * @param anotherSizeMayHelp whether the zone may have room for the next size; otherwise nothing more is asked of it
     */
    void refused(Place place, boolean anotherSizeMayHelp) {
        String zone = place.zone();
        population.computeIfPresent(zone, (name, count) -> count - 1);
        if (next.get(zone) != place.size()) {
            // Another machine has been refused in the same way, and the next size is the one to ask for already.
            return;
        }
        if (anotherSizeMayHelp && place.size() + 1 < sizes) {
            next.put(zone, place.size() + 1);
        } else {
            population.remove(zone);
        }
    }

    /** Says which zones may not have more although they refuse nothing, and why. */
    Map<String, String> heldBack() {
        Map<String, String> reasons = new LinkedHashMap<>();
        if (!population.isEmpty() && !population.containsKey(NO_ZONE)) {
            Placement none = plan(sizes).place(0);
            for (ZoneShare zone : none.zones()) {
                if (zone.rule() != Rule.NONE) {
                    reasons.put(zone.zone(), zone.why());
                }
            }
        }
        return reasons;
    }
}
