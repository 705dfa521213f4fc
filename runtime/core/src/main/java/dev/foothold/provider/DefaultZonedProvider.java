package dev.foothold.provider;

import dev.foothold.cloud.Zones;
import dev.foothold.distribution.AvailabilityZoneInstances;
import dev.foothold.distribution.Distribution;
import dev.foothold.distribution.DistributionRequest;
import dev.foothold.distribution.ZoneAllocations;
import dev.foothold.distribution.ZonePlan;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Does what a {@link DefaultProvider} does, and knows how a model is spread over availability zones. */
public class DefaultZonedProvider extends DefaultProvider {

    private final ZonedEnviron environ;

    /**
     * Creates a provider.
     *
     * @param environ the author's object; closed with the provider if it is {@link AutoCloseable}
     * @param model the model
     * @param foothold what Foothold works with
     */
    public DefaultZonedProvider(ZonedEnviron environ, ModelSettings model, Foothold foothold) {
        super(environ, model, foothold);
        this.environ = Objects.requireNonNull(environ, "environ");
    }

    @Override
    public ZonedEnviron environ() {
        return environ;
    }

    @Override
    public final Optional<DefaultZonedProvider> zoned() {
        return Optional.of(this);
    }

    /**
     * Lists the availability zones.
     *
     * @return all zones, in the provider's order
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final List<AvailabilityZone> availabilityZones() throws InterruptedException {
        return zones().availabilityZones();
    }

    /**
     * Counts how a group of machines is spread over the zones that are available.
     *
     * @param group the machines; empty for all of the model's that are running
     * @return the zones, also those without machines; fewest machines first, then by name
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final List<AvailabilityZoneInstances> availabilityZoneAllocations(Collection<InstanceId> group)
            throws InterruptedException {
        List<InstanceId> counted = group.isEmpty()
                ? cloud().allRunningInstances().stream().map(Instance::id).toList()
                : List.copyOf(group);
        Map<InstanceId, String> names = zones().instanceAvailabilityZoneNames(counted);
        return ZoneAllocations.of(zones().availabilityZones(), names, counted);
    }

    /**
     * Chooses machines that may take another member of a group, so that the group stays spread over the zones.
     *
     * @param request the machines to choose from, the group, and the zones that count
     * @return the machines that are in one of the zones with fewest members, in the order of the request; empty if the
     *     emptiest zones have none: a new machine belongs there
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final List<InstanceId> distributeInstances(DistributionRequest request) throws InterruptedException {
        List<AvailabilityZoneInstances> allocations = availabilityZoneAllocations(request.group());
        if (allocations.isEmpty() || request.candidates().isEmpty()) {
            return List.of();
        }
        Map<InstanceId, String> candidateZones = zones().instanceAvailabilityZoneNames(request.candidates());
        return Distribution.distributeInstances(allocations, candidateZones, request);
    }

    /**
     * Counts all machines of the model, whatever their status, to plan where further ones go, from which zones some are
     * taken away, or which have to move. Nothing is started, stopped or moved.
     *
     * @return a plan over all zones; those that are not available are not eligible
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final ZonePlan zonePlan() throws InterruptedException {
        Map<InstanceId, String> names = new HashMap<>();
        List<InstanceId> all = new ArrayList<>();
        for (Instance instance : instances()) {
            all.add(instance.id());
            instance.zone().ifPresent(zone -> names.put(instance.id(), zone));
        }
        return ZonePlan.of(availabilityZones(), names, all);
    }

    /**
     * Counts a group of machines, to plan where further members go, from which zones some are taken away, or which have to
     * move. Nothing is started, stopped or moved.
     *
     * @param group the machines; one that is not there, or whose zone is unknown, is not counted
     * @return a plan over all zones; those that are not available are not eligible
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final ZonePlan zonePlan(Collection<InstanceId> group) throws InterruptedException {
        List<InstanceId> counted = List.copyOf(group);
        Map<InstanceId, String> names = counted.isEmpty() ? Map.of() : zones().instanceAvailabilityZoneNames(counted);
        return ZonePlan.of(availabilityZones(), names, counted);
    }

    /**
     * Checks that machines can be started in a zone.
     *
     * @param zone the zone's name
     * @throws IllegalArgumentException if there is no such zone, or it is not available
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final void validateAvailabilityZone(String zone) throws InterruptedException {
        ZoneAllocations.validate(zones().availabilityZones(), zone);
    }

    private Zones zones() {
        return cloud().zones().orElseThrow();
    }
}
