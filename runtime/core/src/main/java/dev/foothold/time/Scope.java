package dev.foothold.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * Holds tasks that were forked together and never outlive it.
 *
 * <p>Closing a scope interrupts every task that still runs and waits until it has ended, however long that takes: a
 * task must answer to interruption. Scopes nest. Only the task that opened a scope may wait in it or close it; tasks
 * of the scope may fork further ones into it.
 */
public sealed interface Scope extends AutoCloseable permits TaskScope {

    /**
     * Starts a task.
     *
     * @param <T> what it gives
     * @param name what it does; part of thread names and messages
     * @param body the work
     * @return the running task
     * @throws IllegalStateException if the scope is closed, or the calling thread is not of the scope's virtual timeline
     */
    <T> Task<T> fork(String name, Callable<T> body);

    /**
     * Waits until one of some tasks has ended, with a result or a failure.
     *
     * @param <T> what the tasks give
     * @param tasks tasks of this scope, at least one; those that come first win when several have ended
     * @return a task that is {@linkplain Task#isDone() done}
     * @throws TimeoutException if the scope's budget ends first; the message names the scope and the tasks
     * @throws InterruptedException if the waiting task was interrupted; takes precedence over the timeout
     * @throws IllegalArgumentException if there are no tasks, or one was not forked in this scope
     * @throws IllegalStateException if the caller did not open the scope, or on virtual time nothing could ever go on
     */
    <T> Task<T> awaitFirst(Collection<? extends Task<T>> tasks) throws InterruptedException, TimeoutException;

    /**
     * Waits until every task of the scope has ended, with a result or a failure.
     *
     * @throws TimeoutException if the scope's budget ends first; the message names the scope and the tasks
     * @throws InterruptedException if the waiting task was interrupted; takes precedence over the timeout
     * @throws IllegalStateException if the caller did not open the scope, or on virtual time nothing could ever go on
     */
    void awaitAll() throws InterruptedException, TimeoutException;

    /**
     * Waits like {@link #awaitAll}, but through interrupts: for work that must be done although the caller has been
     * asked to stop. An interrupt that arrives meanwhile is pending again afterwards.
     *
     * @throws TimeoutException if the scope's budget ends first; the message names the scope and the tasks
     */
    void awaitAllThroughInterrupts() throws TimeoutException;

    /**
     * Tells when the budget ends.
     *
     * @return the moment, on the timeline the scope was opened on
     */
    Instant deadline();

    /**
     * Tells how much of the budget is left.
     *
     * @return zero when there is nothing left
     */
    Duration remaining();

    /**
     * Interrupts the tasks that still run and waits until they have ended. Closing twice is fine. An interrupt of the
     * caller neither shortens the wait nor gets lost.
     *
     * @throws IllegalStateException if the caller did not open the scope, or on virtual time nothing could ever go on
     */
    @Override
    void close();
}
