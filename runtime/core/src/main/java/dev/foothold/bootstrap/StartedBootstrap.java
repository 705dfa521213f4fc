package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.journal.Operation;
import dev.foothold.journal.Undo;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a first machine that was started but is not finished. Belongs to the task that bootstraps. */
public final class StartedBootstrap {

    private final Cloud cloud;
    private final OperationContext context;
    private final BootstrapParams params;
    private final BootstrapFinisher finisher;
    private final Undo undo;
    private final String operationName;
    private final Instant start;
    private @Nullable StartedMachine machine;
    private @Nullable Operation operation;

    StartedBootstrap(
            Cloud cloud,
            OperationContext context,
            BootstrapParams params,
            BootstrapFinisher finisher,
            Undo undo,
            String operationName) {
        this.cloud = cloud;
        this.context = context;
        this.params = params;
        this.finisher = finisher;
        this.undo = undo;
        this.operationName = operationName;
        this.start = context.timeline().now();
    }

    void begun(Instance instance, FirstBoot firstBoot, Operation claim) {
        machine = new StartedMachine(
                new RefreshableInstance(instance, cloud), firstBoot.sshOptions(), firstBoot.checkNonceScript(), params);
        operation = claim;
    }

    /**
     * Gives the machine as the cloud described it last.
     *
     * @return the newest snapshot
     */
    public Instance instance() {
        return machine().instance().instance();
    }

    /**
     * Gives the operating system on the machine.
     *
     * @return the base
     */
    public Base base() {
        return params.base();
    }

    /**
     * Gives the architecture of the machine.
     *
     * @return what the cloud says, or what was asked for if it does not say
     */
    public Arch arch() {
        Arch reported = instance().hardware().arch();
        return reported == null ? params.arch() : reported;
    }

    /**
     * Waits for the machine, configures it, and ends the operation.
     *
     * @return the machine
     * @throws FootholdException if that failed; everything is taken back before it is thrown
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     */
    public BootstrapResult finish() throws InterruptedException {
        try {
            MachineAddress address = finisher.finish(machine(), context);
            undo.forget();
            if (operation != null) {
                operation.release();
            }
            Instant now = context.timeline().now();
            context.events()
                    .on(new Event.OperationSucceeded(
                            now, operationName, context.model().name(), Duration.between(start, now)));
            return new BootstrapResult(instance(), address, base(), arch());
        } catch (FootholdException | InterruptedException | Error e) {
            abandon(e);
            throw e;
        } catch (RuntimeException e) {
            abandon(e);
            throw new BootstrapException(
                    "bootstrap of model \"" + context.model().name() + "\" failed: " + e, e);
        }
    }

    /**
     * Takes everything back: stops the machine and removes its record.
     *
     * @param cause why; failures of the taking back are attached to it as suppressed exceptions
     * @return what could not be taken back; empty if nothing is left
     */
    public List<String> abandon(Throwable cause) {
        String reason = cause instanceof InterruptedException ? "interrupted" : String.valueOf(cause.getMessage());
        context.events().on(new Event.RollbackStarted(context.timeline().now(), reason));
        List<String> left = undo.unwind(cause);
        context.events().on(new Event.RollbackEnded(context.timeline().now(), left));
        context.events()
                .on(new Event.OperationFailed(
                        context.timeline().now(), operationName, context.model().name(), reason));
        return left;
    }

    private StartedMachine machine() {
        if (machine == null) {
            throw new IllegalStateException("no machine has been started");
        }
        return machine;
    }
}
