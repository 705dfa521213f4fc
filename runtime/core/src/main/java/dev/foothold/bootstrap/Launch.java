package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.Places.Place;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.Zones;
import dev.foothold.constraints.Constraints;
import dev.foothold.distribution.AvailabilityZoneInstances;
import dev.foothold.distribution.ZoneAllocations;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Operation;
import dev.foothold.journal.Pulse;
import dev.foothold.machine.UserDataLimit;
import dev.foothold.redact.Redactor;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.state.StateStore;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts further machines of a model, each in the zone that has fewest, as a {@link dev.foothold.distribution.ZonePlan}
 * says. Thread-safe.
 *
 * <p>It returns when the cloud has accepted them; they boot on their own.
 */
public final class Launch {

    private static final int AT_ONCE = 8;
    private static final Duration START_BUDGET = Duration.ofMinutes(10);

    private final StateStore store;
    private final Pulse pulse;

    /**
     * Creates a launch.
     *
     * @param store where the model's state is kept
     */
    public Launch(StateStore store) {
        this(store, Pulse.ofThisProcess());
    }

    /**
     * Creates a launch.
     *
     * @param store where the model's state is kept
     * @param pulse how this process shows that it lives, and judges whether others do
     */
    public Launch(StateStore store, Pulse pulse) {
        this.store = Objects.requireNonNull(store, "store");
        this.pulse = Objects.requireNonNull(pulse, "pulse");
    }

    /**
     * Starts machines. A zone that refuses one for its size is asked for the next size that meets the constraints, of five
     * at most, once the zones that have the first size are as far ahead as the {@linkplain LaunchParams#spread() spread}
     * allows; one that refuses for another reason, or all of them, is not asked again and does not count any more, and the
     * machine goes to another zone.
     *
     * @param cloud where
     * @param context the operation
     * @param count how many, at least 1
     * @param params what
     * @return what was started, and what no zone would take
     * @throws IllegalArgumentException if the count is below 1
     * @throws dev.foothold.journal.OperationInProgressException if somebody else is working on the model, or a bootstrap
     *     or a destruction of it was not finished. What another launch has left whose process has died is stopped first
     * @throws BootstrapException if there is no zone to use
     * @throws CloudException if the cloud refused for a reason that no other zone can mend; what was started is stopped
     *     then
     * @throws FootholdException if something else failed; what was started is stopped then
     * @throws InterruptedException if the caller was interrupted; what was started is stopped then
     */
    public LaunchResult launch(Cloud cloud, OperationContext context, int count, LaunchParams params)
            throws InterruptedException {
        if (count < 1) {
            throw new IllegalArgumentException("at least one machine must be asked for, but it was " + count);
        }
        Instant start = context.timeline().now();
        Operation operation = new Claims(store, cloud, context, pulse).claim().operation();
        context.tell(Event.OperationStarted::new);
        OperationTraces traces = new OperationTraces(store, cloud, context, operation);
        Rollback rollback = new Rollback(context, operation, traces);
        Cloud fenced = cloud.fenced(operation::beat);
        try (Heartbeat heart = operation.startHeart()) {
            LaunchResult result = heart.during(
                    "launch",
                    () -> new Run(fenced, context, params, operation, traces, count)
                            .launch(traces.identity().create(context.id())));
            operation.end();
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return result;
        } catch (ExecutionException e) {
            throw rollback.fail(e.getCause());
        } catch (RuntimeException | InterruptedException | Error e) {
            throw rollback.fail(e);
        }
    }

    /** One launch: which places are left, which zones have refused, what is still to be started. */
    private static final class Run {

        private final Cloud cloud;
        private final OperationContext context;
        private final OperationInstances instances;
        private final JournalledStarts starts;
        private final HostPins pins;
        private final String dataDirectory;
        private final Constraints constraints;
        private final UserDataLimit userDataLimit;
        private final List<Offering> offerings;
        private final Places places;
        private final Map<String, CloudException> refusals = new LinkedHashMap<>();
        private final @Nullable Instance[] started;

        Run(
                Cloud cloud,
                OperationContext context,
                LaunchParams params,
                Operation operation,
                OperationTraces traces,
                int count)
                throws InterruptedException {
            this.cloud = cloud;
            this.context = context;
            this.instances = traces.instances();
            this.starts = new JournalledStarts(operation, traces);
            this.pins = traces.pins();
            this.dataDirectory = cloud.dataDirectory();
            this.userDataLimit = cloud.userDataLimit();
            this.constraints = params.constraints();
            ConstraintsCheck.check(cloud, context, constraints);
            this.offerings = Offering.choose(cloud, params.base(), params.arch(), constraints);
            this.places = places(cloud, params, offerings);
            this.started = new Instance[count];
        }

        LaunchResult launch(SshKeyPair identity) throws InterruptedException {
            cloud.precheckInstance(params(0, new Place(Places.NO_ZONE, 0), firstBoot(identity)));
            NavigableSet<Integer> missing = new TreeSet<>();
            for (int i = 0; i < started.length; i++) {
                missing.add(i);
            }
            Map<Integer, Place> batch = batch(missing);
            while (!batch.isEmpty()) {
                missing.addAll(startAll(batch, identity));
                batch = batch(missing);
            }
            if (instances.isDoubtful()) {
                instances.stopStrays();
            }
            return new LaunchResult(
                    Stream.of(started).filter(Objects::nonNull).toList(),
                    missing.size(),
                    refusals,
                    missing.isEmpty() ? Map.of() : places.heldBack());
        }

        /** Takes places for the next machines, as far as there are any. */
        private Map<Integer, Place> batch(NavigableSet<Integer> missing) {
            Map<Integer, Place> batch = new LinkedHashMap<>();
            while (batch.size() < AT_ONCE && !missing.isEmpty()) {
                Optional<Place> place = places.take();
                if (place.isEmpty()) {
                    break;
                }
                batch.put(Objects.requireNonNull(missing.pollFirst()), place.get());
            }
            return batch;
        }

        /** Starts some machines at the same time, and gives those that were refused. */
        private List<Integer> startAll(Map<Integer, Place> batch, SshKeyPair identity) throws InterruptedException {
            Map<Integer, Task<Instance>> tasks = new LinkedHashMap<>();
            try (Scope scope = context.timeline().open("launch", START_BUDGET)) {
                batch.forEach((number, place) ->
                        tasks.put(number, scope.fork("start machine " + number, () -> start(number, place, identity))));
                CloudBudget.awaitAll(scope);
            }
            List<Integer> refused = new ArrayList<>();
            for (Map.Entry<Integer, Task<Instance>> entry : tasks.entrySet()) {
                try {
                    started[entry.getKey()] = entry.getValue().result();
                } catch (ExecutionException e) {
                    refused.add(entry.getKey());
                    refuse(batch.get(entry.getKey()), CloudBudget.unwrapped(e));
                }
            }
            return refused;
        }

        private Instance start(int number, Place place, SshKeyPair identity) throws InterruptedException {
            FirstBoot firstBoot = firstBoot(identity);
            StartInstanceParams params = params(number, place, firstBoot);
            Offering offering = offerings.get(place.size());
            context.tell(
                    (at, origin) -> new Event.InstanceRequested(at, origin, params.zoneName(), offering.describe()));
            Redactor redactor = context.redactor().fork();
            redactor.hide(firstBoot.secrets());
            Instance instance = starts.start(cloud.withRedactor(redactor), params);
            pins.keep(instance.id(), firstBoot.hostKeys(instance));
            context.tell((at, origin) -> new Event.InstanceStarted(at, origin, instance));
            return instance;
        }

        private FirstBoot firstBoot(SshKeyPair identity) throws InterruptedException {
            return FirstBoot.create(context.model(), identity, dataDirectory, cloud.takesUserData());
        }

        private StartInstanceParams params(int number, Place place, FirstBoot firstBoot) {
            Offering offering = offerings.get(place.size());
            return new StartInstanceParams(
                    context.model().owner(),
                    MachineNames.of(context.model().name(), context.id() + "-" + number),
                    IdempotencyToken.derive(
                            context.id(), "launch", Integer.toString(number), place.zone(), offering.typeName()),
                    userDataLimit.fit(firstBoot.userData()),
                    instances.tags(),
                    place.zoneName(),
                    offering.image(),
                    offering.type(),
                    constraints,
                    null,
                    null,
                    UndoScope.none());
        }

        private void refuse(Place place, RuntimeException cause) {
            if (!(cause instanceof CloudException refusal) || CloudException.isZoneIndependent(cause)) {
                throw cause;
            }
            context.tell((at, origin) -> new Event.InstanceRefused(at, origin, place.zoneName(), refusal.reason()));
            refusals.putIfAbsent(place.zone(), refusal);
            places.refused(place, refusal.kind().anotherSizeMayHelp());
        }

        private static Places places(Cloud cloud, LaunchParams params, List<Offering> offerings)
                throws InterruptedException {
            BiPredicate<@Nullable String, Integer> hasNoRoom = (zone, size) ->
                    cloud.shortages().has(zone, offerings.get(size).type());
            return cloud.zones().isEmpty()
                    ? Places.withoutZones(offerings.size(), hasNoRoom)
                    : Places.inZones(
                            params.spread(),
                            offerings.size(),
                            population(cloud, cloud.zones().get(), params),
                            hasNoRoom);
        }

        /** Counts the model's machines per zone, also those that do not run yet. */
        private static Map<String, Integer> population(Cloud cloud, Zones zones, LaunchParams params)
                throws InterruptedException {
            List<Instance> all = cloud.allInstances();
            Map<InstanceId, String> zoneNames = new LinkedHashMap<>();
            all.forEach(instance -> instance.zone().ifPresent(zone -> zoneNames.put(instance.id(), zone)));
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (AvailabilityZoneInstances zone : ZoneAllocations.of(
                    zones.availabilityZones(),
                    zoneNames,
                    all.stream().map(Instance::id).toList())) {
                counts.put(zone.zoneName(), zone.count());
            }
            counts.keySet().retainAll(ZoneChoice.among(List.copyOf(counts.keySet()), params.zones(), "machines"));
            return counts;
        }
    }
}
