package dev.foothold.bootstrap;

import dev.foothold.time.Scope;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Bounds calls to the cloud, and gives what they threw as if they had been made here. */
final class CloudBudget {

    private CloudBudget() {}

    /** Does something within a budget. */
    static <T> T within(Timeline timeline, Duration budget, String what, Callable<T> work) throws InterruptedException {
        try (Scope scope = timeline.open(what, budget)) {
            return scope.awaitFirst(List.of(scope.fork(what, work))).result();
        } catch (TimeoutException e) {
            throw new BootstrapException("the cloud took too long: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /** Gives the failure of a task as if it had happened here. */
    static RuntimeException unwrapped(ExecutionException failure) throws InterruptedException {
        Throwable cause = failure.getCause();
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new BootstrapException(String.valueOf(cause), cause);
    }

    /** Waits for all tasks of a scope. */
    static void awaitAll(Scope scope) throws InterruptedException {
        try {
            scope.awaitAll();
        } catch (TimeoutException e) {
            throw new BootstrapException("the cloud took too long: " + e.getMessage(), e);
        }
    }
}
