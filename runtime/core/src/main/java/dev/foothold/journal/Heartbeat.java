package dev.foothold.journal;

import dev.foothold.state.StateException;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Keeps the record of an operation young while its work takes long. Belongs to the task that has started it; closing it
 * stops the beat.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Duration EVER = Duration.ofDays(36_500);

    private final Operation operation;
    private final Scope scope;
    private final Task<Object> beat;

    private Heartbeat(Operation operation, Journal journal) {
        this.operation = operation;
        this.scope = journal.timeline().open("operation", EVER);
        this.beat = scope.fork("heartbeat", () -> beat(journal));
    }

    static Heartbeat start(Operation operation, Journal journal) {
        return new Heartbeat(operation, journal);
    }

    private Object beat(Journal journal) throws InterruptedException {
        while (true) {
            journal.timeline().sleep(journal.pulse().period());
            try {
                operation.beat();
            } catch (StateException e) {
                // Before its next effect the work itself finds out whether the store fails for good.
                continue;
            }
        }
    }

    /**
     * Does work that ends early if the operation is lost meanwhile. The work runs as a task of its own, which has ended
     * when this returns.
     *
     * @param <T> what the work gives
     * @param what what is done; part of thread names and messages
     * @param work the work; it is interrupted if the caller is, or if the operation is lost
     * @return what the work gave
     * @throws OperationLostException if the operation was taken over by another one
     * @throws ExecutionException if the work failed; the cause is its failure
     * @throws InterruptedException if the caller was interrupted; the heartbeat has stopped then
     */
    @SuppressWarnings("unchecked") // the task gives what the work gives
    public <T> T during(String what, Callable<T> work) throws ExecutionException, InterruptedException {
        Task<Object> task = scope.fork(what, (Callable<Object>) work);
        boolean ended = false;
        try {
            Task<Object> first = scope.awaitFirst(List.of(task, beat));
            ended = true;
            if (first == task) {
                return (T) task.result();
            }
            ended = false;
        } catch (TimeoutException e) {
            throw new IllegalStateException("a heartbeat has no end of its own", e);
        } finally {
            if (!ended) {
                close();
            }
        }
        // The work may have been done while it was told to stop; without the claim it does not count.
        throw lost();
    }

    private RuntimeException lost() throws ExecutionException {
        try {
            beat.result();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                return failure;
            }
            throw e;
        }
        return new IllegalStateException("a heartbeat has no end of its own");
    }

    @Override
    public void close() {
        scope.close();
    }
}
