package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.journal.Undo;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;

/** Takes back what an operation has done, tells about it, and says what its caller gets to see. */
final class Rollback {

    /** How long each step of the taking back may take; a little more than the patience of those that stop machines. */
    private static final Duration UNDO_BUDGET = OperationInstances.PATIENCE.plusSeconds(30);

    private final OperationContext context;
    private final Undo undo;

    Rollback(OperationContext context) {
        this.context = context;
        this.undo = new Undo(context.timeline(), UNDO_BUDGET);
    }

    Undo undo() {
        return undo;
    }

    /** Takes everything back; failures of that are attached to the cause. */
    List<String> run(Throwable cause) {
        String reason = cause instanceof InterruptedException ? "interrupted" : String.valueOf(cause.getMessage());
        context.tell((at, origin) -> new Event.RollbackStarted(at, origin, reason));
        List<String> left = undo.unwind(cause);
        context.tell((at, origin) -> new Event.RollbackEnded(at, origin, left));
        context.tell((at, origin) -> new Event.OperationFailed(at, origin, reason));
        return left;
    }

    /** Takes everything back and throws what the caller is promised. */
    RuntimeException fail(Throwable failure) throws InterruptedException {
        Throwable cause = meaning(failure);
        run(cause);
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    private Throwable meaning(Throwable failure) {
        if (failure instanceof InterruptedException || failure instanceof Error) {
            return failure;
        }
        // Stores report an interrupt as a failure of input and output, and leave it pending.
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof InterruptedIOException && context.timeline().interrupted()) {
                InterruptedException interruption = new InterruptedException(
                        context.kind() + " of model \"" + context.model().name() + "\" was interrupted");
                interruption.initCause(failure);
                return interruption;
            }
        }
        return failure instanceof FootholdException
                ? failure
                : new BootstrapException(
                        context.kind() + " of model \"" + context.model().name() + "\" failed: " + failure, failure);
    }
}
