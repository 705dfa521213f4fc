package dev.foothold.time;

import java.util.concurrent.ExecutionException;

/**
 * Gives the outcome of work that was forked in a {@link Scope}. Thread-safe.
 *
 * @param <T> what the work gives
 */
public sealed interface Task<T> permits ForkedTask {

    /**
     * Names the task.
     *
     * @return the name it was forked with
     */
    String name();

    /**
     * Tells whether the work has ended.
     *
     * @return true also after a failure
     */
    boolean isDone();

    /**
     * Gives the outcome of work that has ended.
     *
     * @return what the work gave
     * @throws ExecutionException if the work failed; the cause is its failure
     * @throws IllegalStateException if the work has not ended yet
     */
    T result() throws ExecutionException;

    /** Interrupts the work if it still runs. It is waited for when the scope is closed. */
    void cancel();
}
