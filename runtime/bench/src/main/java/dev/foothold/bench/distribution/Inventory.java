package dev.foothold.bench.distribution;

import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.InstanceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a large cloud has listed.
 *
 * @param zones the zones
 * @param group machines that have a member of a group already, at random in these
 * @param groupZones the zone of each
 * @param candidates machines that have none yet, a tenth as many
 * @param candidateZones the zone of each
 */
record Inventory(
        List<AvailabilityZone> zones,
        List<InstanceId> group,
        Map<InstanceId, String> groupZones,
        List<InstanceId> candidates,
        Map<InstanceId, String> candidateZones) {

    private static final int ZONES = 1_000;

    static Inventory of(int instances) {
        Random random = new Random(1);
        List<AvailabilityZone> zones = IntStream.range(0, ZONES)
                .mapToObj(zone -> AvailabilityZone.of(String.format("zone-%04d", zone)))
                .toList();
        List<InstanceId> group = ids(random, instances);
        List<InstanceId> candidates = ids(random, Math.max(1, instances / 10));
        return new Inventory(zones, group, places(random, zones, group), candidates, places(random, zones, candidates));
    }

    private static List<InstanceId> ids(Random random, int count) {
        return random.longs()
                .distinct()
                .limit(count)
                .mapToObj(number -> InstanceId.of("i-" + Long.toHexString(number)))
                .toList();
    }

    private static Map<InstanceId, String> places(Random random, List<AvailabilityZone> zones, List<InstanceId> ids) {
        Map<InstanceId, String> places = new HashMap<>();
        ids.forEach(id -> places.put(id, zones.get(random.nextInt(ZONES)).name()));
        return places;
    }
}
