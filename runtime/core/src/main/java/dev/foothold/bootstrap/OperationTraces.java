package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationLostException;
import dev.foothold.journal.OperationRecord;
import dev.foothold.journal.Pulse;
import dev.foothold.journal.Undo;
import dev.foothold.model.Owner;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Knows everything that one operation leaves, in the cloud and on record, and takes it back: instances first, then what
 * else was made, last first, then the records, of which those stay whose instances could not be stopped.
 */
final class OperationTraces {

    private final OperationContext context;
    private final Operation operation;
    private final OperationInstances instances;
    /** Not fenced: for what comes to light after the operation was lost. */
    private final OperationInstances late;

    private final Cloud lateCloud;
    private final SideEffects sides;
    private final HostPins pins;
    private final Identity identity;
    private final FirstBoots firstBoots;
    private final ProviderState state;
    private boolean stopped;

    OperationTraces(StateStore store, Cloud cloud, OperationContext context, Operation operation) {
        this.context = context;
        this.operation = operation;
        Cloud fenced = cloud.fenced(this::beatIfPossible);
        this.instances = new OperationInstances(fenced, context);
        this.late = new OperationInstances(cloud, context);
        this.lateCloud = cloud;
        this.sides = new SideEffects(fenced, operation);
        this.pins = new HostPins(store, context.model().name());
        this.identity = new Identity(store, context.model().name());
        this.firstBoots = new FirstBoots(store, context.model());
        this.state = new ProviderState(store, context.model().name());
        operation.record().instances().forEach(instances::add);
    }

    /** A store that is full must not keep machines from being stopped; that the operation was lost must. */
    private void beatIfPossible() {
        try {
            operation.beat();
        } catch (StateException e) {
            // What the operation has made is its own as long as nobody is known to have taken it over.
        }
    }

    OperationInstances instances() {
        return instances;
    }

    SideEffects sides() {
        return sides;
    }

    HostPins pins() {
        return pins;
    }

    Identity identity() {
        return identity;
    }

    FirstBoots firstBoots() {
        return firstBoots;
    }

    ProviderState state() {
        return state;
    }

    /** Notes what an earlier run, which has died, may have asked for without writing down an answer. */
    void inherit() {
        OperationRecord record = operation.record();
        if (record.isDoubtful()) {
            instances.doubt(record.period().multipliedBy(Pulse.PERIODS));
        }
    }

    /** Has everything taken back. */
    void registerIn(Undo undo) {
        undo.register("the records of operation " + context.id(), this::removeRecords);
        sides.registerIn(undo);
        undo.register("instances tagged " + Owner.OPERATION + "=" + context.id(), () -> {
            instances.stopAll();
            stopped = true;
        });
    }

    private void removeRecords() {
        beatIfPossible();
        // What could not be stopped must stay on record, and what is needed to log in to it.
        if (stopped) {
            state.removeStateInstances(instances.known());
            instances.known().forEach(pins::remove);
            identity.remove(context.id());
        }
        firstBoots.remove(context.id());
    }

    /**
     * Takes back what came to light only after the operation had been ended by another one. Nothing that another process
     * has use for is touched: not if it continues the operation, and of what it has finished not what is on record.
     */
    void registerLateIn(OperationLostException loss, Undo undo) {
        if (loss.isContinued()) {
            return;
        }
        if (operation.record().isDoubtful()) {
            late.doubt(OperationInstances.LATE);
        }
        undo.register("instances tagged " + Owner.OPERATION + "=" + context.id(), () -> {
            instances.known().forEach(late::add);
            forgetWhatIsGone();
            Set<InstanceId> kept = recorded();
            late.stopAllBut(kept);
            late.known().stream().filter(id -> !kept.contains(id)).forEach(pins::remove);
            if (late.known().stream().noneMatch(kept::contains) && late.listed().isEmpty()) {
                identity.remove(context.id());
                firstBoots.remove(context.id());
            }
        });
        sides.registerUnwritten(undo);
    }

    /** We may have recorded an instance after another process had stopped it. */
    private void forgetWhatIsGone() throws InterruptedException {
        Set<InstanceId> ours = new HashSet<>(recorded());
        ours.retainAll(new HashSet<>(late.known()));
        if (!ours.isEmpty()) {
            Set<InstanceId> there = lateCloud.instances(List.copyOf(ours)).keySet();
            state.removeStateInstances(
                    ours.stream().filter(id -> !there.contains(id)).toList());
        }
    }

    private Set<InstanceId> recorded() {
        try {
            return new LinkedHashSet<>(state.providerStateInstances());
        } catch (NotBootstrappedException e) {
            return Set.of();
        }
    }
}
