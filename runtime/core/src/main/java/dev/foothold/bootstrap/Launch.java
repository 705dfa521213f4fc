package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
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
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts further machines of a model, each in the zone that has fewest. Thread-safe.
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
     * Starts machines. A zone that refuses one is not asked again; the machine goes to another zone.
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

    /** One launch: how full each zone is, which zones have refused, what is still to be started. */
    private static final class Run {

        private final Cloud cloud;
        private final OperationContext context;
        private final OperationInstances instances;
        private final StartJournal journal;
        private final HostPins pins;
        private final String dataDirectory;
        private final Constraints constraints;
        private final UserDataLimit userDataLimit;
        private final Offering offering;
        private final Map<String, Integer> population;
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
            this.journal = new JournalledStarts(operation, traces);
            this.pins = traces.pins();
            this.dataDirectory = cloud.dataDirectory();
            this.userDataLimit = cloud.userDataLimit();
            this.constraints = params.constraints();
            ConstraintsCheck.check(cloud, context, constraints);
            this.offering = Offering.choose(cloud, params.base(), params.arch(), constraints);
            this.population = population(cloud, params);
            this.started = new Instance[count];
        }

        LaunchResult launch(SshKeyPair identity) throws InterruptedException {
            List<Integer> missing = new ArrayList<>();
            for (int i = 0; i < started.length; i++) {
                missing.add(i);
            }
            while (!missing.isEmpty() && !population.isEmpty()) {
                List<Integer> batch = new ArrayList<>(missing.subList(0, Math.min(AT_ONCE, missing.size())));
                missing.removeAll(batch);
                missing.addAll(0, startAll(batch, identity));
            }
            if (instances.isDoubtful()) {
                instances.stopStrays();
            }
            return new LaunchResult(Stream.of(started).filter(Objects::nonNull).toList(), missing.size(), refusals);
        }

        /** Starts some machines at the same time, and gives those that were refused. */
        private List<Integer> startAll(List<Integer> numbers, SshKeyPair identity) throws InterruptedException {
            Map<Integer, String> zones = new LinkedHashMap<>();
            Map<Integer, Task<Instance>> tasks = new LinkedHashMap<>();
            try (Scope scope = context.timeline().open("launch", START_BUDGET)) {
                for (Integer number : numbers) {
                    String zone = emptiest();
                    population.merge(zone, 1, Integer::sum);
                    zones.put(number, zone);
                    tasks.put(number, scope.fork("start machine " + number, () -> start(number, zone, identity)));
                }
                CloudBudget.awaitAll(scope);
            }
            List<Integer> refused = new ArrayList<>();
            for (Map.Entry<Integer, Task<Instance>> entry : tasks.entrySet()) {
                try {
                    started[entry.getKey()] = entry.getValue().result();
                } catch (ExecutionException e) {
                    refused.add(entry.getKey());
                    refuse(zones.get(entry.getKey()), CloudBudget.unwrapped(e));
                }
            }
            return refused;
        }

        private Instance start(int number, String zone, SshKeyPair identity) throws InterruptedException {
            FirstBoot firstBoot = FirstBoot.create(context.model(), identity, dataDirectory, cloud.takesUserData());
            StartInstanceParams params = new StartInstanceParams(
                    context.model().owner(),
                    MachineNames.of(context.model().name(), context.id() + "-" + number),
                    IdempotencyToken.derive(context.id(), "launch", Integer.toString(number), zone),
                    userDataLimit.fit(firstBoot.userData()),
                    instances.tags(),
                    zone.isEmpty() ? null : zone,
                    offering.image(),
                    offering.type(),
                    constraints,
                    null,
                    null,
                    UndoScope.none());
            context.tell(
                    (at, origin) -> new Event.InstanceRequested(at, origin, params.zoneName(), offering.describe()));
            Redactor redactor = context.redactor().fork();
            redactor.hide(firstBoot.secrets());
            StartInstanceParams asked = journal.intended(params);
            Instance instance;
            try {
                instance = cloud.withRedactor(redactor).startInstance(asked);
            } catch (InterruptedException e) {
                journal.interrupted(asked, e);
                throw e;
            } catch (CloudException e) {
                journal.refused(asked, e);
                throw e;
            }
            journal.started(asked, instance);
            pins.keep(instance.id(), firstBoot.hostKeys(instance));
            context.tell((at, origin) -> new Event.InstanceStarted(at, origin, instance));
            return instance;
        }

        private void refuse(String zone, RuntimeException cause) {
            if (!(cause instanceof CloudException refusal) || CloudException.isZoneIndependent(cause)) {
                throw cause;
            }
            @Nullable String zoneName = zone.isEmpty() ? null : zone;
            context.tell((at, origin) -> new Event.InstanceRefused(at, origin, zoneName, refusal.reason()));
            refusals.putIfAbsent(zone, refusal);
            population.remove(zone);
        }

        private String emptiest() {
            return population.entrySet().stream()
                    .min(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow()
                    .getKey();
        }

        /** Counts the model's machines per zone, also those that do not run yet; the empty name without zones. */
        private static Map<String, Integer> population(Cloud cloud, LaunchParams params) throws InterruptedException {
            if (cloud.zones().isEmpty()) {
                return new LinkedHashMap<>(Map.of("", 0));
            }
            Zones zones = cloud.zones().get();
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
