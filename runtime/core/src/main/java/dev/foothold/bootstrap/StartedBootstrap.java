package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.journal.Operation;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Holds a first machine that was started but is not finished. Closing it takes the machine back, unless it was
 * finished. Belongs to the task that bootstraps.
 */
public final class StartedBootstrap implements AutoCloseable {

    private final OperationContext context;
    private final StartedMachine machine;
    private final BootstrapFinisher finisher;
    private final Operation operation;
    private final Rollback rollback;
    private final Instant start;
    private boolean ended;

    StartedBootstrap(
            OperationContext context,
            StartedMachine machine,
            BootstrapFinisher finisher,
            Operation operation,
            Rollback rollback) {
        this.context = context;
        this.machine = machine;
        this.finisher = finisher;
        this.operation = operation;
        this.rollback = rollback;
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
     * @throws FootholdException if that failed; everything is taken back before it is thrown
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     * @throws IllegalStateException if it was finished or abandoned already
     */
    public BootstrapResult finish() throws InterruptedException {
        end();
        try {
            MachineAddress address = finisher.finish(machine, context);
            operation.requireHeld();
            operation.release();
            rollback.undo().forget();
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return new BootstrapResult(instance(), address, base(), arch());
        } catch (RuntimeException | InterruptedException | Error e) {
            throw rollback.fail(e);
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
