package dev.foothold.destroy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.Resource;
import dev.foothold.event.Event;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Removes everything a model has, and proves by listing that nothing is left. Safe to repeat; thread-safe. An operation
 * that is under way on the model is ended: it finds out before its next step, and takes back what it has done.
 *
 * <p>What belongs to the model is learned from the tags in the cloud, never from records; the model's state goes last,
 * and only when nothing is left.
 */
public final class Destroy {

    /** How long listings may not show an instance that another operation has started just now. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(15);

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
     * @param params how patiently
     * @return what was removed; nothing is left
     * @throws ModelProtectedException if the model is protected; nothing was done then
     * @throws DestroyException if something is left, or may be; its receipt says what
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what there is
     * @throws StateException if nothing is left but the state cannot be removed
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public DestroyReceipt destroy(Cloud cloud, OperationContext context, DestroyParams params)
            throws InterruptedException {
        String model = context.model().name();
        new Protection(store, model).require();
        Instant start = context.timeline().now();
        Operation operation =
                new Journal(store, model, context.timeline(), pulse).supersede(context.id(), context.kind());
        context.tell(Event.OperationStarted::new);
        Cloud fenced = cloud.fenced(operation::beat);
        Emptying emptying = null;
        try (Heartbeat heart = operation.startHeart()) {
            emptying = emptying(fenced, context, params, operation.record());
            Emptying run = emptying;
            DestroyReceipt receipt = heart.during("destroy", () -> {
                DestroyReceipt emptied = run.run();
                List<Exception> failures = run.failures();
                if (emptied.isEmpty()) {
                    failures = new ArrayList<>();
                    emptied = removeSideResources(fenced, context, operation.record(), emptied, failures);
                }
                if (!emptied.isEmpty()) {
                    throw DestroyException.of(emptied, "destroy the model again to go on", failures);
                }
                removeState(model, Journal.nameOf(model));
                return emptied;
            });
            operation.end();
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return receipt;
        } catch (ExecutionException e) {
            failed(operation, emptying, context, e.getCause());
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
            failed(operation, emptying, context, e);
            throw e;
        }
    }

    private Emptying emptying(Cloud cloud, OperationContext context, DestroyParams params, OperationRecord record)
            throws InterruptedException {
        Set<InstanceId> known = new LinkedHashSet<>(recorded(context.model().name()));
        known.addAll(record.instances());
        Instant now = context.timeline().now();
        Instant listedBy = now.plus(LISTED_WITHIN);
        // What another operation has asked for, whose answer is not known, may still come to light.
        Instant settled = record.isDoubtful() ? now.plus(record.period().multipliedBy(Pulse.PERIODS)) : now;
        return new Emptying(context, params, Source.of(cloud, known), thing -> Optional.empty(), seen -> {
            Instant then = context.timeline().now();
            return !then.isBefore(settled) && (seen.containsAll(record.instances()) || !then.isBefore(listedBy));
        });
    }

    /**
     * Says what {@link #destroy} would remove now. Nothing is changed.
     *
     * @param cloud where
     * @param context the model
     * @return the plan
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what there is
     * @throws StateException if the record of an operation cannot be read
     * @throws InterruptedException if the caller was interrupted
     */
    public DestroyPlan plan(Cloud cloud, OperationContext context) throws InterruptedException {
        String model = context.model().name();
        Optional<OperationRecord> unfinished = new Journal(store, model, context.timeline(), pulse).unfinished();
        Set<InstanceId> known = new LinkedHashSet<>(recorded(model));
        unfinished.ifPresent(record -> known.addAll(record.instances()));
        List<DestroyPlan.Item> items = new ArrayList<>();
        for (Source source : Source.of(cloud, known)) {
            source.list(DestroyParams.defaults().timeout()).stream()
                    .map(thing -> new DestroyPlan.Item(thing.kind().name(), thing.id(), thing.name()))
                    .forEach(items::add);
        }
        unfinished.ifPresent(record -> record.resources().stream()
                .map(made -> new DestroyPlan.Item(made.kind().name(), made.id(), ""))
                .filter(item -> items.stream().noneMatch(item::isSame))
                .forEach(items::add));
        try {
            return new DestroyPlan(
                    model,
                    items,
                    store.scan(model + "/"),
                    new Protection(store, model).reason().orElse(null));
        } catch (IOException e) {
            throw stateFailure(model, "the state of model \"" + model + "\" cannot be listed: " + e.getMessage(), e);
        }
    }

    private StateException stateFailure(String model, String message, IOException cause) {
        return new StateException(message, store.locate(model + "/" + ProviderState.STATE_FILE), 0, cause);
    }

    /** What has begun must be finished; what has not leaves the model as it was. */
    private static void failed(
            Operation operation, @Nullable Emptying emptying, OperationContext context, Throwable cause) {
        String reason = cause instanceof InterruptedException ? "interrupted" : String.valueOf(cause.getMessage());
        context.tell((at, origin) -> new Event.OperationFailed(at, origin, reason));
        try {
            if ((emptying != null && emptying.hasBegun()) || operation.hasPredecessor()) {
                operation.giveUp();
            } else {
                operation.end();
            }
        } catch (FootholdException e) {
            cause.addSuppressed(e);
        }
    }

    /** Removes what an operation has made besides instances that has not ended; it alone is on record by kind and id. */
    private static DestroyReceipt removeSideResources(
            Cloud cloud,
            OperationContext context,
            OperationRecord record,
            DestroyReceipt receipt,
            List<Exception> failures)
            throws InterruptedException {
        List<SideResource> made = new ArrayList<>(record.resources());
        Collections.reverse(made);
        if (made.isEmpty()) {
            return receipt;
        }
        if (cloud.resources().isEmpty()) {
            List<String> names =
                    made.stream().map(one -> one.kind() + " " + one.id()).toList();
            context.tell((at, origin) -> new Event.RollbackEnded(
                    at, origin, names, "it has to be removed by hand: the environ does not implement HasResources"));
            return receipt;
        }
        List<DestroyReceipt.Item> items = new ArrayList<>(receipt.items());
        for (SideResource one : made) {
            DestroyReceipt.Outcome outcome = DestroyReceipt.Outcome.DELETED;
            String reason = "";
            try {
                cloud.resources().get().delete(Resource.of(one.kind(), one.id()).tagged(cloud.owner()));
            } catch (FootholdException e) {
                failures.add(e);
                outcome = DestroyReceipt.Outcome.KEPT;
                reason = String.valueOf(e.getMessage());
            }
            Instant now = context.timeline().now();
            items.add(new DestroyReceipt.Item(one.kind().name(), one.id(), "", outcome, reason, now));
        }
        return new DestroyReceipt(
                receipt.model(), receipt.began(), context.timeline().now(), items, receipt.unlisted());
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
                if (!name.equals(record)) {
                    store.overwrite(name, null);
                }
            }
        } catch (IOException e) {
            throw stateFailure(
                    model,
                    "nothing of model \"" + model + "\" is left in the cloud, but its state beside "
                            + store.locate(prefix + ProviderState.STATE_FILE) + " cannot be removed: " + e.getMessage(),
                    e);
        }
    }
}
