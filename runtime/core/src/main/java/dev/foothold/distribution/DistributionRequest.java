package dev.foothold.distribution;

import dev.foothold.instance.InstanceId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Asks which of some machines may take another member of a group, so that the group stays spread over the zones.
 *
 * @param candidates the machines to choose from, in the order in which the answer will list them
 * @param group the machines that have a member already; empty for all running instances
 * @param limitZones the only zones that count; empty for all
 */
public record DistributionRequest(List<InstanceId> candidates, List<InstanceId> group, Set<String> limitZones) {

    /**
     * Copies the collections.
     *
     * @param candidates the machines to choose from, in the order in which the answer will list them
     * @param group the machines that have a member already
     * @param limitZones the only zones that count
     */
    public DistributionRequest {
        candidates = List.copyOf(candidates);
        group = List.copyOf(group);
        limitZones = Set.copyOf(limitZones);
    }

    /**
     * Asks about some machines, among all that are running.
     *
     * @param candidates the machines to choose from
     * @return the request
     */
    public static DistributionRequest of(Collection<InstanceId> candidates) {
        return new DistributionRequest(List.copyOf(candidates), List.of(), Set.of());
    }

    /**
     * Names the machines that have a member of the group already.
     *
     * @param members the machines
     * @return the changed copy
     */
    public DistributionRequest withGroup(Collection<InstanceId> members) {
        return new DistributionRequest(candidates, List.copyOf(members), limitZones);
    }

    /**
     * Limits the zones that count.
     *
     * @param zones names of zones; those that do not exist are ignored
     * @return the changed copy
     */
    public DistributionRequest withLimitZones(Collection<String> zones) {
        return new DistributionRequest(candidates, group, Set.copyOf(zones));
    }
}
