package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationLostException;
import dev.foothold.journal.Undo;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Takes back what an operation has done, tells about it, and says what its caller gets to see. */
final class Rollback {

    private final OperationContext context;
    private final Operation operation;
    private final OperationTraces traces;

    Rollback(OperationContext context, Operation operation, OperationTraces traces) {
        this.context = context;
        this.operation = operation;
        this.traces = traces;
    }

    /** Says which call removes what is left of a model. */
    static String remedy(OperationContext context) {
        return "destroyEnv() of model \"" + context.model().name() + "\" removes it";
    }

    /** Takes everything back and ends the operation; failures of that are attached to the cause. */
    List<String> run(Throwable cause) {
        String reason = reason(cause);
        List<String> left;
        if (cause instanceof OperationLostException loss) {
            context.tell((at, origin) -> new Event.OperationLost(at, origin, reason));
            left = takeBackLate(loss, cause);
        } else {
            context.tell((at, origin) -> new Event.RollbackStarted(at, origin, reason));
            left = takeBack(cause);
            String remedy = left.isEmpty() ? "" : remedy(context);
            context.tell((at, origin) -> new Event.RollbackEnded(at, origin, left, remedy));
        }
        if (!left.isEmpty()) {
            cause.addSuppressed(
                    new BootstrapException("left behind: " + String.join(", ", left) + "; " + remedy(context), null));
        }
        failed(reason);
        return left;
    }

    void failed(String reason) {
        context.tell((at, origin) -> new Event.OperationFailed(at, origin, reason));
    }

    static String reason(Throwable cause) {
        return cause instanceof InterruptedException ? "interrupted" : String.valueOf(cause.getMessage());
    }

    @SuppressWarnings("try") // the heart beats while it is open
    private List<String> takeBack(Throwable cause) {
        if (operation.record().isDoubtful()) {
            traces.instances().doubt(OperationInstances.LATE);
        }
        Undo undo = new Undo(context.timeline(), traces.instances().budget());
        traces.registerIn(undo);
        List<String> left;
        try (Heartbeat heart = operation.startHeart()) {
            attempt(operation::undoing, cause);
            left = new ArrayList<>(unwind(undo, cause));
        }
        if (left.isEmpty()) {
            if (!attempt(operation::end, cause)) {
                left.add("the record of operation " + context.id());
            }
        } else {
            attempt(operation::giveUp, cause);
        }
        return left;
    }

    private List<String> takeBackLate(OperationLostException loss, Throwable cause) {
        Undo undo = new Undo(context.timeline(), traces.instances().budget());
        traces.registerLateIn(loss, undo);
        return unwind(undo, cause);
    }

    private List<String> unwind(Undo undo, Throwable cause) {
        return undo.unwind(
                cause, abandons -> context.tell((at, origin) -> new Event.RollbackInterrupted(at, origin, abandons)));
    }

    /** Writes something down; a store that fails keeps nothing from being taken back. */
    private static boolean attempt(Runnable write, Throwable cause) {
        try {
            write.run();
            return true;
        } catch (OperationLostException e) {
            // Whoever has it now, it is not ours to be left behind.
            cause.addSuppressed(e);
            return true;
        } catch (FootholdException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    /** Takes everything back and throws what the caller is promised. */
    RuntimeException fail(Throwable failure) throws InterruptedException {
        Throwable cause = meaning(failure);
        run(cause);
        return thrown(cause);
    }

    /** Throws what the caller is promised. */
    static RuntimeException thrown(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    /** Says what a failure is for the caller. */
    Throwable meaning(Throwable failure) {
        if (failure instanceof InterruptedException || failure instanceof Error) {
            return failure;
        }
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof OperationLostException) {
                return link;
            }
            // Stores report an interrupt as a failure of input and output, and leave it pending.
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
