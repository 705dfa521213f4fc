package dev.foothold.distribution;

import dev.foothold.instance.InstanceId;
import java.util.List;

/**
 * Says which instances of a group are in a zone.
 *
 * @param zoneName the zone
 * @param instances the instances, in the order of the group; repeated ones are repeated
 */
public record AvailabilityZoneInstances(String zoneName, List<InstanceId> instances) {

    /**
     * Copies the list.
     *
     * @param zoneName the zone
     * @param instances the instances, in the order of the group
     */
    public AvailabilityZoneInstances {
        instances = List.copyOf(instances);
    }

    /**
     * Counts the instances.
     *
     * @return how many there are
     */
    public int count() {
        return instances.size();
    }
}
