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
import dev.foothold.machine.UserData;
import dev.foothold.model.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts the first machine in one zone after the other, until one takes it. */
final class StartAttempts {

    private final Cloud cloud;
    private final OperationContext context;
    private final BootstrapParams params;
    private final StartJournal journal;

    StartAttempts(Cloud cloud, OperationContext context, BootstrapParams params, StartJournal journal) {
        this.cloud = cloud;
        this.context = context;
        this.params = params;
        this.journal = journal;
    }

    /**
     * Starts the machine.
     *
     * @throws BootstrapException if no zone takes it
     * @throws InterruptedException if the caller was interrupted; it may have been started then
     */
    Instance start(UserData userData, Tags tags) throws InterruptedException {
        ConstraintsCheck.check(cloud, context, params.constraints());
        Offering offering = Offering.choose(cloud, params.base(), params.arch(), params.constraints());
        StartInstanceParams start = new StartInstanceParams(
                context.model().owner(),
                MachineNames.of(context.model().name(), "controller"),
                token(""),
                cloud.userDataLimit().fit(userData),
                tags,
                null,
                offering.image(),
                offering.type(),
                params.constraints(),
                params.placement(),
                params.rootDisk(),
                UndoScope.none());
        Map<String, CloudException> refusals = new LinkedHashMap<>();
        for (String zone : zonesToTry(start)) {
            @Nullable String zoneName = zone.isEmpty() ? null : zone;
            StartInstanceParams attempt = journal.intended(start.in(zoneName, token(zone)));
            context.tell((at, origin) -> new Event.InstanceRequested(at, origin, zoneName, offering.describe()));
            try {
                Instance instance = cloud.startInstance(attempt);
                journal.started(attempt, instance);
                return instance;
            } catch (InterruptedException e) {
                journal.interrupted(attempt, e);
                throw e;
            } catch (CloudException e) {
                journal.refused(attempt, e);
                context.tell((at, origin) -> new Event.InstanceRefused(at, origin, zoneName, e.reason()));
                if (zoneName == null || CloudException.isZoneIndependent(e)) {
                    throw new BootstrapException("cannot start bootstrap instance: " + e.getMessage(), e);
                }
                refusals.put(zone, e);
            }
        }
        throw noRoom(refusals);
    }

    private IdempotencyToken token(String zone) {
        return IdempotencyToken.derive(context.id(), "start", zone);
    }

    private static BootstrapException noRoom(Map<String, CloudException> refusals) {
        List<CloudException> causes = new ArrayList<>(refusals.values());
        BootstrapException failure = new BootstrapException(
                "cannot start bootstrap instance in any availability zone ("
                        + String.join(", ", refusals.keySet()) + "):\n"
                        + refusals.entrySet().stream()
                                .map(refusal -> "  zone \"" + refusal.getKey() + "\": "
                                        + refusal.getValue().reason())
                                .collect(Collectors.joining("\n")),
                causes.get(0));
        causes.stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    /** Gives the zones in the order to try them; one without a name for a cloud that has none. */
    private List<String> zonesToTry(StartInstanceParams start) throws InterruptedException {
        if (cloud.zones().isEmpty()) {
            return List.of("");
        }
        Zones zones = cloud.zones().get();
        List<String> derived = zones.deriveAvailabilityZones(start);
        List<String> usable = derived.isEmpty()
                ? zones.availabilityZones().stream()
                        .filter(AvailabilityZone::available)
                        .map(AvailabilityZone::name)
                        .toList()
                : derived;
        return ZoneChoice.among(usable, params.zones(), "bootstrap instance");
    }
}
