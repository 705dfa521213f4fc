package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Holder.Life;
import dev.foothold.journal.Journal;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationInProgressException;
import dev.foothold.journal.OperationRecord;
import dev.foothold.journal.OperationRecord.Stage;
import dev.foothold.journal.Pulse;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets a model for one operation. What an operation has left whose process has died is continued or taken back first, by
 * rule:
 * <ul>
 *   <li>a bootstrap that is asked for again is continued, if the same machine is asked for and it is there, or was not
 *       started yet;
 *   <li>everything else is taken back, except a destruction: that can only be finished.
 * </ul>
 */
final class Claims {

    static final String BOOTSTRAP = "bootstrap";
    static final String DESTROY = "destroy";

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final StateStore store;
    private final Cloud cloud;
    private final OperationContext context;
    private final Journal journal;

    Claims(StateStore store, Cloud cloud, OperationContext context, Pulse pulse) {
        this.store = store;
        this.cloud = cloud;
        this.context = context;
        this.journal = new Journal(store, context.model().name(), context.timeline(), pulse);
    }

    /**
     * A model that was got.
     *
     * @param operation the claim
     * @param context that of the operation, which is an earlier one if it is continued
     * @param found the machine that an earlier run has started; null if there is none
     */
    record Claimed(
            Operation operation,
            OperationContext context,
            @Nullable Instance found) {}

    /** Gets the model for an operation that is never continued. */
    Claimed claim() throws InterruptedException {
        while (true) {
            Optional<OperationRecord> there = journal.unfinished();
            if (there.isEmpty()) {
                return new Claimed(journal.claim(context.id(), context.kind(), ""), context, null);
            }
            if (there.get().kind().equals(BOOTSTRAP)) {
                throw unfinished(
                        there.get(), "bootstrap it again to go on with that, or destroy the model to take it back");
            }
            takeBack(there.get());
        }
    }

    /** Gets the model for a bootstrap, which may be one that an earlier run has begun. */
    Claimed claimForBootstrap(String fingerprint) throws InterruptedException {
        while (true) {
            Optional<OperationRecord> there = journal.unfinished();
            if (there.isEmpty()) {
                refuseIfBootstrapped();
                Operation operation = journal.claim(context.id(), context.kind(), fingerprint);
                refuseIfBootstrappedMeanwhile(operation);
                return new Claimed(operation, context, null);
            }
            if (!there.get().kind().equals(BOOTSTRAP)) {
                // A destruction that has begun leaves the records until its end; they say nothing any more.
                if (!there.get().kind().equals(DESTROY)) {
                    refuseIfBootstrapped();
                }
                takeBack(there.get());
                continue;
            }
            Optional<Operation> taken = takeOver();
            if (taken.isPresent()) {
                Claimed claimed = continued(taken.get(), fingerprint);
                if (claimed != null) {
                    return claimed;
                }
            }
        }
    }

    /** Continues a bootstrap, or takes it back and gives null. */
    private @Nullable Claimed continued(Operation operation, String fingerprint) throws InterruptedException {
        OperationRecord record = operation.record();
        OperationContext earlier = earlier(record);
        OperationTraces traces = traces(operation, earlier);
        String why;
        if (record.stage() == Stage.UNDOING) {
            why = "its taking back had begun";
        } else if (!record.fingerprint().equals(fingerprint)) {
            why = "another machine is asked for now";
        } else if (!record.starts().isEmpty()
                && record.stage() != Stage.PROVED
                && traces.firstBoots().of(record.id(), traces.identity()).isEmpty()) {
            why = "what it has told its machine is not on record any more";
        } else {
            Optional<Instance> found = find(operation, record, traces, earlier);
            boolean usable = found.map(instance -> instance.status() != InstanceStatus.PROVISIONING_ERROR
                            && instance.status() != InstanceStatus.STOPPING)
                    .orElse(record.instances().isEmpty());
            if (usable) {
                String from = found.map(instance -> "instance " + instance.id())
                        .orElse(record.starts().isEmpty() ? "the beginning" : "the start of the instance");
                earlier.tell((at, origin) -> new Event.OperationResumed(at, origin, from));
                return new Claimed(operation, earlier, found.orElse(null));
            }
            why = "its machine is gone or broken";
        }
        takeBack(operation, earlier, traces, why);
        return null;
    }

    /** Looks for what was started: by id if that is known, which listings may not show yet, else by tag. */
    private Optional<Instance> find(
            Operation operation, OperationRecord record, OperationTraces traces, OperationContext earlier)
            throws InterruptedException {
        try (Heartbeat heart = operation.startHeart()) {
            return heart.during("look for the machine", () -> {
                List<InstanceId> known = record.instances();
                if (known.isEmpty()) {
                    return record.starts().isEmpty()
                            ? Optional.empty()
                            : traces.instances().listed().stream().findFirst();
                }
                Instant end = earlier.timeline().now().plus(OperationInstances.LISTED_WITHIN);
                while (true) {
                    Map<InstanceId, Instance> found = cloud.instances(known);
                    if (!found.isEmpty() || !earlier.timeline().now().isBefore(end)) {
                        return found.values().stream().findFirst();
                    }
                    earlier.timeline().sleep(LOOK_AGAIN);
                }
            });
        } catch (ExecutionException e) {
            leave(operation);
            throw CloudBudget.unwrapped(e);
        } catch (InterruptedException e) {
            leave(operation);
            throw e;
        }
    }

    /** Nothing has changed: the next run finds what this one has found. */
    private static void leave(Operation operation) {
        try {
            operation.giveUp();
        } catch (RuntimeException e) {
            // Then it is found by its heartbeat, which stands still.
            return;
        }
    }

    private void takeBack(OperationRecord seen) throws InterruptedException {
        if (seen.kind().equals(DESTROY)) {
            throw unfinished(seen, "destroy the model again to finish that");
        }
        Optional<Operation> taken = takeOver();
        if (taken.isPresent()) {
            OperationContext earlier = earlier(taken.get().record());
            takeBack(
                    taken.get(),
                    earlier,
                    traces(taken.get(), earlier),
                    "its process has died before it could tell what it has made");
        }
    }

    private void takeBack(Operation operation, OperationContext earlier, OperationTraces traces, String why)
            throws InterruptedException {
        BootstrapException cause = new BootstrapException(
                "what an earlier " + earlier.kind() + " of model \""
                        + context.model().name() + "\" has left must be taken back before anything else: " + why,
                null);
        List<String> left = new ArrayList<>(new Rollback(earlier, operation, traces).run(cause));
        if (context.timeline().interrupted()) {
            throw new InterruptedException("interrupted while an earlier " + earlier.kind() + " was taken back");
        }
        if (!left.isEmpty()) {
            throw cause;
        }
    }

    private Optional<Operation> takeOver() throws InterruptedException {
        return journal.takeOver((record, longest) -> {
            String holder = journal.describe(record);
            context.tell((at, origin) -> new Event.HeartbeatWatched(at, origin, holder, longest));
        });
    }

    private OperationTraces traces(Operation operation, OperationContext earlier) {
        OperationTraces traces = new OperationTraces(store, cloud, earlier, operation);
        traces.inherit();
        return traces;
    }

    private OperationContext earlier(OperationRecord record) {
        return new OperationContext(
                record.id(),
                record.kind(),
                context.model(),
                context.timeline(),
                context.events(),
                context.credentials(),
                context.redactor());
    }

    private OperationInProgressException unfinished(OperationRecord record, String advice) {
        boolean alive = journal.life(record) == Life.ALIVE;
        return new OperationInProgressException("model \"" + context.model().name()
                + "\" has an operation that has not ended: " + journal.describe(record) + "; "
                + (alive ? "wait for it, or destroy the model to end it" : advice));
    }

    private void refuseIfBootstrappedMeanwhile(Operation operation) {
        try {
            refuseIfBootstrapped();
        } catch (RuntimeException e) {
            operation.end();
            throw e;
        }
    }

    private void refuseIfBootstrapped() {
        String model = context.model().name();
        List<InstanceId> recorded;
        try {
            recorded = new ProviderState(store, model).providerStateInstances();
        } catch (NotBootstrappedException e) {
            return;
        }
        if (!recorded.isEmpty()) {
            throw new AlreadyBootstrappedException(model, recorded);
        }
    }
}
