package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.Zones;
import dev.foothold.distribution.AvailabilityZoneInstances;
import dev.foothold.distribution.ZoneAllocations;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Undo;
import dev.foothold.model.Owner;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.state.StateStore;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Starts further machines of a model, each in the zone that has fewest. Thread-safe.
 *
 * <p>It returns when the cloud has accepted them; they boot on their own.
 */
public final class Launch {

    private static final int AT_ONCE = 8;
    private static final Duration START_BUDGET = Duration.ofMinutes(10);
    private static final Duration UNDO_BUDGET = Duration.ofMinutes(2);

    private final StateStore store;

    /**
     * Creates a launch.
     *
     * @param store where the model's key pair is kept
     */
    public Launch(StateStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Starts machines. A zone that refuses one is not asked again; the machine goes to another zone.
     *
     * @param cloud where
     * @param context the operation
     * @param count how many, at least 1
     * @param params what
     * @return what was started, and what was not
     * @throws IllegalArgumentException if the count is below 1
     * @throws FootholdException if something other than a zone's refusal failed; what was started is stopped then
     * @throws InterruptedException if the caller was interrupted; what was started is stopped then
     */
    public LaunchResult launch(Cloud cloud, OperationContext context, int count, LaunchParams params)
            throws InterruptedException {
        if (count < 1) {
            throw new IllegalArgumentException("at least one machine must be asked for, but it was " + count);
        }
        OperationInstances instances = new OperationInstances(cloud, context);
        Undo undo = new Undo(context.timeline(), UNDO_BUDGET);
        undo.register("instances tagged " + Owner.OPERATION + "=" + context.id(), instances::stopAll);
        try {
            return new Run(cloud, context, params, instances, count)
                    .launch(Identity.of(store, context.model().name()));
        } catch (RuntimeException | InterruptedException | Error e) {
            context.events().on(new Event.RollbackStarted(context.timeline().now(), String.valueOf(e.getMessage())));
            context.events().on(new Event.RollbackEnded(context.timeline().now(), undo.unwind(e)));
            throw e;
        }
    }

    /** One launch: how full each zone is, which zones have refused, what is still to be started. */
    private static final class Run {

        private final Cloud cloud;
        private final OperationContext context;
        private final OperationInstances instances;
        private final Offering offering;
        private final Map<String, Integer> population;
        private final Map<String, CloudException> refusals = new LinkedHashMap<>();
        private final Instance[] started;

        Run(Cloud cloud, OperationContext context, LaunchParams params, OperationInstances instances, int count)
                throws InterruptedException {
            this.cloud = cloud;
            this.context = context;
            this.instances = instances;
            this.offering = Offering.choose(cloud, params.base(), params.arch(), params.instanceType());
            this.population = population(cloud, params);
            this.started = new Instance[count];
        }

        LaunchResult launch(SshKeyPair identity) throws InterruptedException {
            List<Integer> missing = new ArrayList<>();
            for (int i = 0; i < started.length; i++) {
                missing.add(i);
            }
            while (!missing.isEmpty() && !population.isEmpty()) {
                List<Integer> batch = missing.subList(0, Math.min(AT_ONCE, missing.size()));
                List<Integer> refused = startAll(batch, identity);
                batch.clear();
                missing.addAll(0, refused);
            }
            List<Instance> done = new ArrayList<>();
            for (Instance instance : started) {
                if (instance != null) {
                    done.add(instance);
                }
            }
            return new LaunchResult(done, missing.size(), refusals);
        }

        private List<Integer> startAll(List<Integer> numbers, SshKeyPair identity) throws InterruptedException {
            Map<Integer, String> zones = new LinkedHashMap<>();
            Map<Integer, Task<Instance>> tasks = new LinkedHashMap<>();
            try (Scope scope = context.timeline().open("launch", START_BUDGET)) {
                for (Integer number : numbers) {
                    String zone = emptiest();
                    population.merge(zone, 1, Integer::sum);
                    zones.put(number, zone);
                    StartInstanceParams start = describe(number, zone, identity);
                    context.events()
                            .on(new Event.InstanceRequested(
                                    context.timeline().now(), start.zoneName(), offering.describe()));
                    tasks.put(number, scope.fork("start machine " + number, () -> cloud.startInstance(start)));
                }
                scope.awaitAll();
            } catch (java.util.concurrent.TimeoutException e) {
                throw new FootholdException("the cloud did not answer in time: " + e.getMessage(), e);
            }
            List<Integer> refused = new ArrayList<>();
            for (Map.Entry<Integer, Task<Instance>> entry : tasks.entrySet()) {
                String zone = zones.get(entry.getKey());
                try {
                    Instance instance = entry.getValue().result();
                    started[entry.getKey()] = instance;
                    instances.add(instance.id());
                    context.events()
                            .on(new Event.InstanceStarted(context.timeline().now(), instance));
                } catch (ExecutionException e) {
                    refused.add(entry.getKey());
                    refuse(zone, e.getCause());
                }
            }
            return refused;
        }

        private void refuse(String zone, Throwable cause) throws InterruptedException {
            if (cause instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (!(cause instanceof CloudException refusal)) {
                throw new FootholdException("a machine could not be started: " + cause, cause);
            }
            context.events()
                    .on(new Event.InstanceRefused(
                            context.timeline().now(), zone.isEmpty() ? null : zone, refusal.reason()));
            refusals.putIfAbsent(zone, refusal);
            population.remove(zone);
            if (CloudException.isZoneIndependent(refusal)) {
                population.clear();
            }
        }

        private StartInstanceParams describe(int number, String zone, SshKeyPair identity) {
            FirstBoot firstBoot = FirstBoot.create(context.model(), identity);
            return new StartInstanceParams(
                    context.model().owner(),
                    context.model().name() + "-" + context.id().substring(0, 8) + "-" + number,
                    IdempotencyToken.derive(context.id(), "launch", Integer.toString(number), zone),
                    firstBoot.userData(),
                    instances.tags(),
                    zone.isEmpty() ? null : zone,
                    offering.image(),
                    offering.type());
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
            List<AvailabilityZoneInstances> allocations = ZoneAllocations.of(
                    zones.availabilityZones(),
                    zoneNames,
                    all.stream().map(Instance::id).toList());
            return allocations.stream()
                    .filter(zone -> params.zones().isEmpty() || params.zones().contains(zone.zoneName()))
                    .sorted(Comparator.comparing(AvailabilityZoneInstances::zoneName))
                    .collect(Collectors.toMap(
                            AvailabilityZoneInstances::zoneName,
                            AvailabilityZoneInstances::count,
                            (a, b) -> a,
                            LinkedHashMap::new));
        }
    }
}
