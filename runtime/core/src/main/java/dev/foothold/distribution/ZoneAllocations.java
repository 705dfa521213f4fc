package dev.foothold.distribution;

import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.InstanceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts which instances are in which zone. */
public final class ZoneAllocations {

    private static final Comparator<AvailabilityZoneInstances> FEWEST_FIRST = Comparator.comparingInt(
                    AvailabilityZoneInstances::count)
            .thenComparing(AvailabilityZoneInstances::zoneName);

    private ZoneAllocations() {}

    /**
     * Counts the instances of a group in the zones that are available.
     *
     * @param zones all zones of the cloud; a name that occurs twice is one zone, the first decides
     * @param zoneNames the zone of each instance, as far as known; others are not counted
     * @param group the instances to count; one that occurs twice counts twice
     * @return the available zones, also those without instances; fewest instances first, then by name
     */
    public static List<AvailabilityZoneInstances> of(
            Collection<AvailabilityZone> zones, Map<InstanceId, String> zoneNames, Collection<InstanceId> group) {
        Map<String, Boolean> availability = new LinkedHashMap<>();
        zones.forEach(zone -> availability.putIfAbsent(zone.name(), zone.available()));
        Map<String, List<InstanceId>> byZone = new LinkedHashMap<>();
        availability.forEach((zone, available) -> {
            if (available && !zone.isEmpty()) {
                byZone.put(zone, new ArrayList<>());
            }
        });
        for (InstanceId id : group) {
            String zone = zoneNames.get(id);
            List<InstanceId> there = zone == null ? null : byZone.get(zone);
            if (there != null) {
                there.add(id);
            }
        }
        return byZone.entrySet().stream()
                .map(entry -> new AvailabilityZoneInstances(entry.getKey(), entry.getValue()))
                .sorted(FEWEST_FIRST)
                .toList();
    }

    /**
     * Checks that machines can be started in a zone.
     *
     * @param zones all zones of the cloud; the first of the name decides
     * @param zoneName the zone
     * @throws IllegalArgumentException if there is no such zone, or it is not available; the message says which, and
     *     names the zones that are
     */
    public static void validate(Collection<AvailabilityZone> zones, String zoneName) {
        AvailabilityZone zone = zones.stream()
                .filter(candidate -> candidate.name().equals(zoneName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "availability zone \"" + zoneName + "\" not valid" + alternatives(zones)));
        if (!zone.available()) {
            throw new IllegalArgumentException("zone \"" + zoneName + "\" is unavailable" + alternatives(zones));
        }
    }

    private static String alternatives(Collection<AvailabilityZone> zones) {
        String names = zones.stream()
                .filter(AvailabilityZone::available)
                .map(zone -> "\"" + zone.name() + "\"")
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "; no zone is available" : "; available: " + names;
    }
}
