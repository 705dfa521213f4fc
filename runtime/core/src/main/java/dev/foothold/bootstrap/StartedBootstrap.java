package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationLostException;
import dev.foothold.journal.OperationRecord;
import dev.foothold.journal.Undo;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Holds a first machine that was started but is not finished. Closing it takes the machine back, unless it was
 * finished. Belongs to the task that bootstraps. Until it is finished or closed, its heartbeat keeps other processes
 * from taking the operation over.
 */
public final class StartedBootstrap implements AutoCloseable {

    private final OperationContext context;
    private final StartedMachine machine;
    private final BootstrapFinisher finisher;
    private final Operation operation;
    private final Heartbeat heart;
    private final Rollback rollback;
    private final OperationTraces traces;
    private final MachineAccess access;
    private final Instant start;
    private boolean ended;

    StartedBootstrap(
            OperationContext context,
            StartedMachine machine,
            BootstrapFinisher finisher,
            Operation operation,
            Heartbeat heart,
            Rollback rollback,
            OperationTraces traces,
            MachineAccess access) {
        this.context = context;
        this.machine = machine;
        this.finisher = finisher;
        this.operation = operation;
        this.heart = heart;
        this.rollback = rollback;
        this.traces = traces;
        this.access = access;
        this.start = context.timeline().now();
    }

    /**
     * Gives the machine as the cloud described it last.
     *
     * @return the newest snapshot
     */
    public Instance instance() {
        return machine.instance().instance();
    }

    /**
     * Gives the operating system on the machine.
     *
     * @return the base
     */
    public Base base() {
        return machine.params().base();
    }

    /**
     * Gives the architecture of the machine.
     *
     * @return what the cloud says, or what was asked for if it does not say
     */
    public Arch arch() {
        return instance().hardware().arch().orElse(machine.params().arch());
    }

    /**
     * Waits for the machine, configures it, and ends the operation.
     *
     * @return the machine
     * @throws FootholdException if that failed; everything is taken back before it is thrown, or kept if that was asked for
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown, or kept
     *     if that was asked for
     * @throws IllegalStateException if it was finished or abandoned already
     */
    public BootstrapResult finish() throws InterruptedException {
        end();
        try {
            MachineAddress address = heart.during("finish", this::finishMachine);
            operation.proved(address.hostAndPort());
            // Nobody needs it any more, and it is secret.
            traces.firstBoots().remove(context.id());
            operation.end();
            heart.close();
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return new BootstrapResult(instance(), address, base(), arch());
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (RuntimeException | InterruptedException | Error e) {
            throw failed(e);
        }
    }

    private MachineAddress finishMachine() throws InterruptedException {
        Optional<MachineAddress> proved = proved();
        MachineAddress address = proved.isPresent() ? proved.get() : finisher.finish(machine, context);
        if (traces.instances().isDoubtful()) {
            traces.instances().stopStrays();
        }
        removeSidesOfFailedStarts();
        return address;
    }

    /** Gives the address at which an earlier run has reached the machine and finished it. */
    private Optional<MachineAddress> proved() {
        return operation.record().stage() == OperationRecord.Stage.PROVED
                ? instance().addresses().stream()
                        .filter(address ->
                                address.hostAndPort().equals(operation.record().proof()))
                        .findFirst()
                : Optional.empty();
    }

    private void removeSidesOfFailedStarts() {
        Undo undo = new Undo(context.timeline(), OperationInstances.PATIENCE);
        traces.sides()
                .registerFailed(
                        operation.record().starts().stream()
                                .filter(one -> instance().id().equals(one.instance()))
                                .map(OperationRecord.Start::token)
                                .findFirst()
                                .orElse(""),
                        undo);
        if (undo.isEmpty()) {
            return;
        }
        List<String> left = undo.unwind(new BootstrapException("removed", null), abandons -> {});
        if (!left.isEmpty()) {
            context.tell((at, origin) -> new Event.RollbackEnded(at, origin, left, Rollback.remedy(context)));
        }
    }

    private RuntimeException failed(Throwable failure) throws InterruptedException {
        heart.close();
        Throwable cause = rollback.meaning(failure);
        if (machine.params().keepBroken() && !(cause instanceof OperationLostException)) {
            keep(cause);
            return Rollback.thrown(cause);
        }
        return rollback.fail(cause);
    }

    /** Leaves the machine, and what is on record about it, and says how to reach it and how to remove it. */
    private void keep(Throwable cause) {
        try {
            traces.firstBoots().remove(context.id());
            operation.end();
        } catch (FootholdException e) {
            cause.addSuppressed(e);
        }
        InstanceId id = instance().id();
        String reach = reach();
        String remedy = Rollback.remedy(context);
        context.tell((at, origin) -> new Event.MachineKept(at, origin, id, reach, remedy));
        cause.addSuppressed(new BootstrapException("instance " + id + " was kept: " + reach + "; " + remedy, null));
        rollback.failed(Rollback.reason(cause));
    }

    private String reach() {
        try {
            return access.command(instance());
        } catch (FootholdException e) {
            return "it cannot be reached: " + e.getMessage();
        }
    }

    /**
     * Takes everything back: stops the machine and removes its record.
     *
     * @param cause why; failures of the taking back are attached to it as suppressed exceptions
     * @return what could not be taken back; empty if nothing is left
     * @throws IllegalStateException if it was finished or abandoned already
     */
    public List<String> abandon(Throwable cause) {
        end();
        heart.close();
        return rollback.run(cause);
    }

    /**
     * Takes everything back, unless it was finished or abandoned.
     *
     * @throws BootstrapException if something could not be taken back; it says what
     */
    @Override
    public void close() {
        if (!ended) {
            BootstrapException cause = new BootstrapException("the machine was neither finished nor abandoned", null);
            List<String> left = abandon(cause);
            if (!left.isEmpty()) {
                throw new BootstrapException("could not be taken back: " + String.join(", ", left), cause);
            }
        }
    }

    private void end() {
        if (ended) {
            throw new IllegalStateException(
                    "the bootstrap of instance " + instance().id() + " has ended already");
        }
        ended = true;
    }
}
