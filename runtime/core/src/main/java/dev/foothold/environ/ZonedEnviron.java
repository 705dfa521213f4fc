package dev.foothold.environ;

import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers for a cloud that has availability zones: a fourth method to write, two more to override. */
public interface ZonedEnviron extends Environ {

    /**
     * Lists the availability zones, in the order in which the provider prefers them. Answers are not cached.
     *
     * @return all zones that can be named in {@link StartInstanceParams#zone()}, also those that are not available now
     * @throws Exception if the cloud cannot be asked
     */
    List<AvailabilityZone> availabilityZones() throws Exception;

    /**
     * Tells which zones instances are in.
     *
     * @param ids the instances
     * @param owner the tags they carry
     * @return names of zones by instance; instances that are not there, and those without a zone, are missing, which
     *     is no error
     * @throws Exception if the cloud cannot be asked
     */
    default Map<InstanceId, String> instanceAvailabilityZoneNames(List<InstanceId> ids, Tags owner) throws Exception {
        Map<InstanceId, Instance> found = instances(ids, owner);
        Map<InstanceId, String> names = new LinkedHashMap<>();
        for (InstanceId id : ids) {
            Instance instance = found.get(id);
            if (instance != null) {
                instance.zone().ifPresent(zone -> names.put(id, zone));
            }
        }
        return names;
    }

    /**
     * Chooses zones when the instance itself decides, for example because a volume it needs is in one of them.
     *
     * @param params the instance that is to be started; its zone is not set yet
     * @return names of zones, to be tried in this order without further checks; empty, the default, if the caller
     *     chooses
     * @throws Exception if the cloud cannot be asked
     */
    default List<String> deriveAvailabilityZones(StartInstanceParams params) throws Exception {
        return List.of();
    }
}
