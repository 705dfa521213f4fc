package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.Zones;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.UserData;
import dev.foothold.model.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts the first machine: in one zone after the other until one takes it, and, if they refuse it for its size, in the
 * next size that meets the constraints. What the cloud had no room for not long ago is tried last.
 */
final class StartAttempts {

    private static final String CANNOT = "cannot start bootstrap instance";

    private final Cloud cloud;
    private final OperationContext context;
    private final BootstrapParams params;

    StartAttempts(Cloud cloud, OperationContext context, BootstrapParams params) {
        this.cloud = cloud;
        this.context = context;
        this.params = params;
    }

    /** One start: what is asked for, in which zone; null if the cloud has none. */
    private record Attempt(Offering offering, @Nullable String zone) {

        boolean isShort(Cloud cloud) {
            return cloud.shortages().has(zone, offering.type());
        }
    }

    /**
     * Starts the machine.
     *
     * @throws BootstrapException if no zone takes it
     * @throws InterruptedException if the caller was interrupted; it may have been started then
     */
    Instance start(JournalledStarts starts, UserData userData, Tags tags) throws InterruptedException {
        ConstraintsCheck.check(cloud, context, params.constraints());
        List<Offering> offerings = Offering.choose(cloud, params.base(), params.arch(), params.constraints());
        UserData fitting = cloud.userDataLimit().fit(userData);
        List<Attempt> attempts = attempts(offerings, fitting, tags);
        Refusals refusals = new Refusals();
        Set<Attempt> hopeless = new HashSet<>();
        for (Attempt attempt : attempts) {
            if (hopeless.contains(attempt)) {
                continue;
            }
            Offering offering = attempt.offering();
            context.tell((at, origin) -> new Event.InstanceRequested(at, origin, attempt.zone(), offering.describe()));
            try {
                return starts.start(cloud, params(offering, attempt.zone(), fitting, tags));
            } catch (CloudException e) {
                context.tell((at, origin) -> new Event.InstanceRefused(at, origin, attempt.zone(), e.reason()));
                boolean size = e.kind().anotherSizeMayHelp();
                if (CloudException.isZoneIndependent(e) || attempt.zone() == null && (!size || offerings.size() == 1)) {
                    throw new BootstrapException(CANNOT + ": " + e.getMessage(), e);
                }
                refusals.add(attempt.zone(), offering, e);
                if (!size) {
                    // Whatever is wrong with the zone, other sizes have nothing to do with it.
                    offerings.stream()
                            .filter(other -> other != offering)
                            .forEach(other -> hopeless.add(new Attempt(other, attempt.zone())));
                }
            }
        }
        throw refusals.failure(CANNOT);
    }

    /** Says what would be asked for, and asks for nothing. */
    BootstrapPlan plan(UserData userData, Tags tags) throws InterruptedException {
        ConstraintsCheck.check(cloud, context, params.constraints());
        List<Offering> offerings = Offering.choose(cloud, params.base(), params.arch(), params.constraints());
        UserData fitting = cloud.userDataLimit().fit(userData);
        ImageMetadata image = offerings.get(0).image();
        return new BootstrapPlan(
                context.model().name(),
                params.base(),
                image == null ? null : image.id(),
                attempts(offerings, fitting, tags).stream()
                        .map(attempt -> new BootstrapPlan.Offer(
                                attempt.zone(),
                                attempt.offering().type() == null
                                        ? null
                                        : attempt.offering().typeName(),
                                attempt.isShort(cloud)))
                        .toList(),
                fitting.size());
    }

    private List<Attempt> attempts(List<Offering> offerings, UserData userData, Tags tags) throws InterruptedException {
        StartInstanceParams first = params(offerings.get(0), null, userData, tags);
        try {
            cloud.precheckInstance(first);
        } catch (CloudException e) {
            throw new BootstrapException(CANNOT + ": " + e.getMessage(), e);
        }
        return inOrder(offerings, zonesToTry(first));
    }

    private StartInstanceParams params(Offering offering, @Nullable String zone, UserData userData, Tags tags) {
        return new StartInstanceParams(
                context.model().owner(),
                MachineNames.of(context.model().name(), "controller"),
                IdempotencyToken.derive(context.id(), "start", zone == null ? "" : zone, offering.typeName()),
                userData,
                tags,
                zone,
                offering.image(),
                offering.type(),
                params.constraints(),
                params.placement(),
                params.rootDisk(),
                UndoScope.none());
    }

    /** All zones in the first size, then in the next; last, in the same order, what was refused not long ago. */
    private List<Attempt> inOrder(List<Offering> offerings, List<@Nullable String> zones) {
        List<Attempt> all = offerings.stream()
                .flatMap(offering -> zones.stream().map(zone -> new Attempt(offering, zone)))
                .toList();
        return Stream.concat(
                        all.stream().filter(attempt -> !attempt.isShort(cloud)),
                        all.stream().filter(attempt -> attempt.isShort(cloud)))
                .toList();
    }

    /** Gives the zones in the order to try them; null alone for a cloud that has none. */
    private List<@Nullable String> zonesToTry(StartInstanceParams start) throws InterruptedException {
        List<@Nullable String> none = new ArrayList<>();
        none.add(null);
        if (cloud.zones().isEmpty()) {
            return none;
        }
        try {
            Zones zones = cloud.zones().get();
            List<String> derived = zones.deriveAvailabilityZones(start);
            List<String> usable = derived.isEmpty()
                    ? zones.availabilityZones().stream()
                            .filter(AvailabilityZone::available)
                            .map(AvailabilityZone::name)
                            .toList()
                    : derived;
            return new ArrayList<>(ZoneChoice.among(usable, params.zones(), "bootstrap instance"));
        } catch (CloudException e) {
            if (CloudException.causes(e).anyMatch(UnsupportedOperationException.class::isInstance)) {
                // The class may serve several clouds, of which this one has no zones.
                return none;
            }
            throw new BootstrapException(CANNOT + ": " + e.getMessage(), e);
        }
    }
}
