package dev.foothold.destroy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.Resource;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Journal;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationRecord;
import dev.foothold.journal.OperationRecord.SideResource;
import dev.foothold.journal.Pulse;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import dev.foothold.time.DurationText;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Removes everything a model has, and proves by listing that nothing is left. Safe to repeat; thread-safe. An operation
 * that is under way on the model is ended: it finds out before its next step, and takes back what it has done.
 *
 * <p>What belongs to the model is learned from the tags in the cloud, never from records; the model's state goes last,
 * and only when nothing is left.
 */
public final class Destroy {

    private static final Duration BUDGET = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    // Listings of many clouds lag behind by a second.
    private static final Duration BETWEEN_EMPTY_LISTINGS = Duration.ofSeconds(1);
    private static final int EMPTY_LISTINGS = 2;

    /** How long listings may not show an instance that another operation has started just now. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(15);

    private static final int AT_ONCE = 8;

    private final StateStore store;
    private final Pulse pulse;

    /**
     * Creates a destroy.
     *
     * @param store where the model's state is kept
     */
    public Destroy(StateStore store) {
        this(store, Pulse.ofThisProcess());
    }

    /**
     * Creates a destroy.
     *
     * @param store where the model's state is kept
     * @param pulse how this process shows that it lives
     */
    public Destroy(StateStore store, Pulse pulse) {
        this.store = Objects.requireNonNull(store, "store");
        this.pulse = Objects.requireNonNull(pulse, "pulse");
    }

    /**
     * Removes everything a model has.
     *
     * @param cloud where
     * @param context the operation
     * @return what was removed; nothing is left
     * @throws DestroyException if something is left, or may be; its receipt says what
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what there is
     * @throws StateException if nothing is left but the state cannot be removed
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public DestroyReceipt destroy(Cloud cloud, OperationContext context) throws InterruptedException {
        String model = context.model().name();
        Instant start = context.timeline().now();
        Operation operation =
                new Journal(store, model, context.timeline(), pulse).supersede(context.id(), context.kind());
        context.tell(Event.OperationStarted::new);
        Cloud fenced = cloud.fenced(operation::beat);
        Run run = new Run(fenced, context, recorded(model), operation.record());
        try (Heartbeat heart = operation.startHeart()) {
            DestroyReceipt receipt = heart.during("destroy", () -> {
                DestroyReceipt instances = run.removeInstances();
                removeSideResources(fenced, context, operation.record());
                removeState(model, Journal.nameOf(model));
                return instances;
            });
            operation.end();
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return receipt;
        } catch (ExecutionException e) {
            failed(operation, run, context, e.getCause());
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new FootholdException(
                            "model \"" + model + "\" cannot be destroyed: " + e.getCause(), e.getCause());
        } catch (RuntimeException | InterruptedException | Error e) {
            failed(operation, run, context, e);
            throw e;
        }
    }

    /** What has begun must be finished; what has not leaves the model as it was. */
    private static void failed(Operation operation, Run run, OperationContext context, Throwable cause) {
        String reason = cause instanceof InterruptedException ? "interrupted" : String.valueOf(cause.getMessage());
        context.tell((at, origin) -> new Event.OperationFailed(at, origin, reason));
        try {
            if (run.hasBegun() || operation.hasPredecessor()) {
                operation.giveUp();
            } else {
                operation.end();
            }
        } catch (FootholdException e) {
            cause.addSuppressed(e);
        }
    }

    /** Removes what an operation has made besides instances that has not ended; it alone is on record by kind and id. */
    private static void removeSideResources(Cloud cloud, OperationContext context, OperationRecord record)
            throws InterruptedException {
        List<SideResource> made = new ArrayList<>(record.resources());
        Collections.reverse(made);
        if (made.isEmpty()) {
            return;
        }
        if (cloud.resources().isEmpty()) {
            List<String> names =
                    made.stream().map(one -> one.kind() + " " + one.id()).toList();
            context.tell((at, origin) -> new Event.RollbackEnded(
                    at, origin, names, "it has to be removed by hand: the environ does not implement HasResources"));
            return;
        }
        for (SideResource one : made) {
            cloud.resources().get().delete(Resource.of(one.kind(), one.id()).tagged(cloud.owner()));
        }
    }

    private List<InstanceId> recorded(String model) {
        try {
            return new ProviderState(store, model).providerStateInstances();
        } catch (NotBootstrappedException e) {
            return List.of();
        }
    }

    /** Removes all that is kept of a model but the record of this operation, which goes last. */
    private void removeState(String model, String record) {
        String prefix = model + "/";
        try {
            for (String name : store.scan(prefix)) {
                Optional<StoredObject> there = name.equals(record) ? Optional.empty() : store.read(name);
                while (there.isPresent()
                        && !store.compareAndSet(name, there.get().version(), null)) {
                    there = store.read(name);
                }
            }
        } catch (IOException e) {
            URI location = store.locate(prefix + ProviderState.STATE_FILE);
            throw new StateException(
                    "nothing of model \"" + model + "\" is left in the cloud, but its state beside " + location
                            + " cannot be removed: " + e.getMessage(),
                    location,
                    0,
                    e);
        }
    }

    /** One destroy: what was seen, and what the last attempt to stop it said. */
    private static final class Run {

        private final Cloud cloud;
        private final OperationContext context;
        private final Instant deadline;
        private final List<InstanceId> recorded;
        private final Set<InstanceId> seen = new LinkedHashSet<>();
        private final Set<InstanceId> stopped = new LinkedHashSet<>();
        private final Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        private final List<InstanceId> startedBefore;
        private final Instant listedBy;
        private final Instant settled;

        Run(Cloud cloud, OperationContext context, List<InstanceId> recorded, OperationRecord record) {
            Set<InstanceId> all = new LinkedHashSet<>(recorded);
            all.addAll(record.instances());
            this.recorded = List.copyOf(all);
            this.startedBefore = record.instances();
            Instant now = context.timeline().now();
            this.listedBy = now.plus(LISTED_WITHIN);
            // What another operation has asked for, whose answer is not known, may still come to light.
            this.settled = record.isDoubtful() ? now.plus(record.period().multipliedBy(Pulse.PERIODS)) : now;
            this.cloud = cloud;
            this.context = context;
            this.deadline = now.plus(BUDGET);
        }

        DestroyReceipt removeInstances() throws InterruptedException {
            int empty = 0;
            Set<InstanceId> left = Set.of();
            Duration pause = LOOK_AGAIN;
            while ((empty < EMPTY_LISTINGS || !isSettled())
                    && (left.isEmpty() || context.timeline().now().isBefore(deadline))) {
                left = list();
                seen.addAll(left);
                if (left.isEmpty()) {
                    empty++;
                    if (empty < EMPTY_LISTINGS || !isSettled()) {
                        context.timeline().sleep(BETWEEN_EMPTY_LISTINGS);
                    }
                } else {
                    empty = 0;
                    stop(left);
                    context.timeline().sleep(pause);
                    pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
                }
            }
            DestroyReceipt receipt = receipt(left, empty >= EMPTY_LISTINGS);
            if (!receipt.isEmpty()) {
                DestroyException failure = new DestroyException(
                        receipt, failures.values().stream().findFirst().orElse(null));
                failures.values().stream().skip(1).forEach(failure::addSuppressed);
                throw failure;
            }
            return receipt;
        }

        /** Tells whether empty listings prove something by now. */
        private boolean isSettled() {
            Instant now = context.timeline().now();
            return !now.isBefore(settled) && (seen.containsAll(startedBefore) || !now.isBefore(listedBy));
        }

        /** Gives the cloud with calls that are not repeated for longer than the time that is left. */
        private Cloud inTime() {
            return cloud.within(left());
        }

        private Duration left() {
            Duration left = Duration.between(context.timeline().now(), deadline);
            return left.isNegative() ? Duration.ZERO : left;
        }

        /** Tells whether something may have been removed. */
        boolean hasBegun() {
            return !stopped.isEmpty() || !failures.isEmpty();
        }

        private Set<InstanceId> list() throws InterruptedException {
            Set<InstanceId> ids = new LinkedHashSet<>();
            inTime().allInstances().stream().map(Instance::id).forEach(ids::add);
            // A listing may lag behind; what is on record is looked up as well.
            ids.addAll(inTime().instances(recorded).keySet());
            return ids;
        }

        private void stop(Set<InstanceId> ids) throws InterruptedException {
            List<InstanceId> all =
                    ids.stream().filter(id -> !stopped.contains(id)).toList();
            int size = cloud.maxBatch();
            for (int start = 0; start < all.size(); start += size * AT_ONCE) {
                List<List<InstanceId>> batches = new ArrayList<>();
                int end = Math.min(all.size(), start + size * AT_ONCE);
                for (int from = start; from < end; from += size) {
                    batches.add(all.subList(from, Math.min(end, from + size)));
                }
                stopBatches(batches);
            }
        }

        private void stopBatches(List<List<InstanceId>> batches) throws InterruptedException {
            Map<List<InstanceId>, Task<Map<InstanceId, Exception>>> tasks = new LinkedHashMap<>();
            Cloud inTime = inTime();
            try (Scope scope = context.timeline().open("stop instances", left())) {
                batches.forEach(batch ->
                        tasks.put(batch, scope.fork("stop " + batch.get(0), () -> inTime.stopInstances(batch))));
                scope.awaitAll();
            } catch (TimeoutException e) {
                batches.forEach(batch -> batch.forEach(id -> failures.put(id, e)));
                return;
            }
            for (Map.Entry<List<InstanceId>, Task<Map<InstanceId, Exception>>> entry : tasks.entrySet()) {
                note(entry.getKey(), entry.getValue());
            }
        }

        private void note(List<InstanceId> batch, Task<Map<InstanceId, Exception>> task) throws InterruptedException {
            @Nullable Exception whole = null;
            Map<InstanceId, Exception> single = Map.of();
            try {
                single = task.result();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interruption) {
                    throw interruption;
                }
                whole = e.getCause() instanceof Exception failure ? failure : e;
            }
            for (InstanceId id : batch) {
                Exception failure = whole == null ? single.get(id) : whole;
                if (failure != null) {
                    failures.put(id, failure);
                } else {
                    failures.remove(id);
                    stopped.add(id);
                    context.tell((at, origin) -> new Event.InstanceStopped(at, origin, id));
                }
            }
        }

        private DestroyReceipt receipt(Set<InstanceId> listed, boolean proved) {
            Map<InstanceId, String> left = new LinkedHashMap<>();
            for (InstanceId id : proved ? Set.<InstanceId>of() : listed) {
                Exception failure = failures.get(id);
                left.put(
                        id,
                        failure != null
                                ? String.valueOf(failure.getMessage())
                                : "still listed after " + DurationText.of(BUDGET));
            }
            List<InstanceId> deleted =
                    seen.stream().filter(id -> !left.containsKey(id)).toList();
            return new DestroyReceipt(context.model().name(), deleted, left);
        }
    }
}
