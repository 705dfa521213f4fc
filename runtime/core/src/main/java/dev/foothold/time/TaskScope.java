package dev.foothold.time;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Holds what scopes of every timeline have in common: who may be waited for, and what a timeout says. */
abstract non-sealed class TaskScope implements Scope {

    private final String name;
    private final Duration budget;

    TaskScope(String name, Duration budget) {
        if (budget.isNegative()) {
            throw new IllegalArgumentException("scope \"" + name + "\" cannot have the negative budget " + budget);
        }
        this.name = name;
        this.budget = budget;
    }

    final String name() {
        return name;
    }

    /** Lists the tasks that may still run. */
    abstract List<? extends Task<?>> tasks();

    /** Tells whether a task was forked here. */
    abstract boolean owns(Task<?> task);

    /**
     * Waits until a condition on some tasks holds or the budget ends.
     *
     * @throws InterruptedException if the waiting task was interrupted, even if the budget has ended
     * @throws IllegalStateException if the caller is not the task that opened the scope
     */
    abstract void await(Collection<? extends Task<?>> tasks, BooleanSupplier condition) throws InterruptedException;

    @Override
    public final <T> Task<T> awaitFirst(Collection<? extends Task<T>> tasks)
            throws InterruptedException, TimeoutException {
        List<Task<T>> candidates = List.copyOf(tasks);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("scope \"" + name + "\" was asked to wait for the first of no tasks");
        }
        for (Task<T> candidate : candidates) {
            if (!owns(candidate)) {
                throw new IllegalArgumentException(
                        "task \"" + candidate.name() + "\" was not forked in scope \"" + name + "\"");
            }
        }
        await(candidates, () -> candidates.stream().anyMatch(Task::isDone));
        return candidates.stream().filter(Task::isDone).findFirst().orElseThrow(() -> timeout(candidates));
    }

    @Override
    public final void awaitAll() throws InterruptedException, TimeoutException {
        await(tasks(), () -> tasks().stream().allMatch(Task::isDone));
        if (!tasks().stream().allMatch(Task::isDone)) {
            throw timeout(tasks());
        }
    }

    @Override
    public final void awaitAllThroughInterrupts() throws TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    awaitAll();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    final IllegalStateException closed(String task) {
        return new IllegalStateException("task \"" + task + "\" cannot start: scope \"" + name + "\" is closed");
    }

    final IllegalStateException notTheOpener(String caller) {
        return new IllegalStateException(
                "only the task that opened scope \"" + name + "\" may wait in it or close it, not \"" + caller + "\"");
    }

    /** Names those of some tasks that still run. */
    static String names(Collection<? extends Task<?>> tasks) {
        return tasks.stream()
                .filter(task -> !task.isDone())
                .map(task -> "\"" + task.name() + "\"")
                .collect(Collectors.joining(", "));
    }

    private TimeoutException timeout(Collection<? extends Task<?>> tasks) {
        return new TimeoutException(
                "scope \"" + name + "\" used up its " + budget + " while it waited for " + names(tasks));
    }
}
