package dev.foothold.testing;

import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An inventory on any timeline that loses answers, fails calls and lists late, as it is told. */
public final class UnreliableCloud implements ZonedEnviron {

    /** What is really there, whatever is listed. */
    public final Map<InstanceId, Instance> instances = new LinkedHashMap<>();

    /** Zones that refuse, with what they say; {@code zone/size} refuses that size there, {@code {@literal *}/size} everywhere. */
    public final Map<String, CloudException> refusals = new HashMap<>();

    /** Zones that start instances and lose the answer. */
    public final Set<String> lostAnswers = new HashSet<>();

    /** Zones that refuse their next start for want of room. */
    public final Set<String> fullForOne = new HashSet<>();

    /** How many of the next stops fail. */
    public int failingStops;

    /** How many of the next listings fail. */
    public int failingListings;

    /** How long after its start an instance is listed. */
    public Duration lag = Duration.ZERO;

    /** How long a start takes. */
    public Duration startTakes = Duration.ofMillis(50);

    /** What happens while an instance is being started. */
    public Runnable duringStart = () -> {};

    /** What preparing throws, or null. */
    public @Nullable CloudException prepareFails;

    /** How often a stop was asked for. */
    public int stops;

    /** The sizes there are. */
    public final List<InstanceType> types = new ArrayList<>();

    /** Whether sizes that do not meet the constraints are left out of a listing. */
    public boolean listsOnlyWhatFits;

    /** What constraints are judged by. */
    public ConstraintsValidator validator = ConstraintsValidator.permissive();

    /** The parameters of all starts. */
    public final List<StartInstanceParams> starts = new ArrayList<>();

    private final Timeline timeline;
    /** What the precheck is shown; it throws what it likes. */
    public Consumer<StartInstanceParams> precheck = params -> {};

    private int created;

    /** Makes an empty cloud with zones a, b and c. */
    public UnreliableCloud(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void prepareForBootstrap() {
        if (prepareFails != null) {
            throw prepareFails;
        }
    }

    @Override
    public void precheckInstance(StartInstanceParams params) {
        precheck.accept(params);
    }

    @Override
    public List<InstanceType> instanceTypes(Constraints constraints) {
        return types.stream()
                .filter(type -> !listsOnlyWhatFits || constraints.isMetBy(type))
                .toList();
    }

    @Override
    public ConstraintsValidator constraintsValidator() {
        return validator;
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        starts.add(params);
        String zone = params.zone().orElseThrow();
        timeline.sleep(startTakes);
        String size = params.instanceType() == null ? "" : params.instanceType().name();
        for (String what : List.of(zone, zone + "/" + size, "*/" + size)) {
            if (refusals.containsKey(what)) {
                throw refusals.get(what);
            }
        }
        if (fullForOne.remove(zone)) {
            throw new CloudException(CloudException.Kind.CAPACITY, "full");
        }
        Instance instance = Instance.of("i-" + ++created, InstanceStatus.RUNNING)
                .in(zone)
                .tagged(params.tags())
                .launchedAt(timeline.now());
        instances.put(instance.id(), instance);
        duringStart.run();
        if (lostAnswers.contains(zone)) {
            throw new IOException("the connection was reset");
        }
        return instance;
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        stops++;
        timeline.sleep(Duration.ofMillis(10));
        if (failingStops > 0) {
            failingStops--;
            throw new CloudException(CloudException.Kind.THROTTLED, "too many calls");
        }
        instances.remove(id);
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        timeline.sleep(Duration.ofMillis(10));
        if (failingListings > 0) {
            failingListings--;
            throw new IOException("listing failed");
        }
        Instant listedUntil = timeline.now().minus(lag);
        return instances.values().stream()
                .filter(instance -> !instance.launchTime().isAfter(listedUntil))
                .toList();
    }

    @Override
    public List<AvailabilityZone> availabilityZones() {
        return List.of(AvailabilityZone.of("a"), AvailabilityZone.of("b"), AvailabilityZone.of("c"));
    }
}
