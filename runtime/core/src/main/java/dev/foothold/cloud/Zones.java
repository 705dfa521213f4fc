package dev.foothold.cloud;

import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.InstanceId;
import java.util.List;
import java.util.Map;

/** Guards the calls that only clouds with availability zones answer. Obtained from {@link Cloud#zones()}. */
public final class Zones {

    private final Cloud cloud;
    private final ZonedEnviron environ;

    Zones(Cloud cloud, ZonedEnviron environ) {
        this.cloud = cloud;
        this.environ = environ;
    }

    /**
     * Lists the availability zones.
     *
     * @return all zones, in the provider's order
     * @throws InterruptedException if the caller was interrupted
     */
    public List<AvailabilityZone> availabilityZones() throws InterruptedException {
        return cloud.through(Call.of("availabilityZones"), () -> Answers.list(environ.availabilityZones()));
    }

    /**
     * Tells which zones instances are in.
     *
     * @param ids the instances
     * @return names of zones by instance; instances that are not there are missing
     * @throws InterruptedException if the caller was interrupted
     */
    public Map<InstanceId, String> instanceAvailabilityZoneNames(List<InstanceId> ids) throws InterruptedException {
        List<InstanceId> asked = List.copyOf(ids);
        return cloud.through(
                Call.of("instanceAvailabilityZoneNames", asked),
                () -> Answers.map(environ.instanceAvailabilityZoneNames(asked, cloud.owner())));
    }

    /**
     * Asks for zones that the instance itself needs.
     *
     * @param params the instance that is to be started
     * @return names of zones in the order to try; empty if the caller chooses
     * @throws InterruptedException if the caller was interrupted
     */
    public List<String> deriveAvailabilityZones(StartInstanceParams params) throws InterruptedException {
        return cloud.through(
                Call.of("deriveAvailabilityZones"), () -> Answers.list(environ.deriveAvailabilityZones(params)));
    }
}
