package dev.foothold.distribution;

import dev.foothold.instance.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses machines so that a group stays spread over the zones. */
public final class Distribution {

    private Distribution() {}

    /**
     * Finds the candidates that are in one of the zones where the group has fewest members.
     *
     * <p>If the emptiest zone has no candidate the answer is empty: a new machine belongs there.
     *
     * @param allocations where the group's members are
     * @param candidateZones the zone of each candidate, as far as known; others are not eligible
     * @param request the candidates, and the zones that count
     * @return the eligible candidates, in the order of the request; repeated ones are repeated
     */
    public static List<InstanceId> distributeInstances(
            List<AvailabilityZoneInstances> allocations,
            Map<InstanceId, String> candidateZones,
            DistributionRequest request) {
        List<AvailabilityZoneInstances> counted = allocations.stream()
                .filter(zone ->
                        request.limitZones().isEmpty() || request.limitZones().contains(zone.zoneName()))
                .toList();
        int fewest = counted.stream()
                .mapToInt(AvailabilityZoneInstances::count)
                .min()
                .orElse(0);
        Set<String> emptiest = counted.stream()
                .filter(zone -> zone.count() == fewest)
                .map(AvailabilityZoneInstances::zoneName)
                .collect(Collectors.toSet());
        return request.candidates().stream()
                .filter(candidate -> {
                    String zone = candidateZones.get(candidate);
                    return zone != null && emptiest.contains(zone);
                })
                .toList();
    }
}
