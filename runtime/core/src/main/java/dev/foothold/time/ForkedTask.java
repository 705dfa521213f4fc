package dev.foothold.time;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs the work of a task once and keeps its outcome; how the work is interrupted is left to the timeline. */
abstract non-sealed class ForkedTask<T> implements Task<T> {

    private final String name;
    private final Callable<T> body;
    private volatile @Nullable Outcome<T> outcome;

    ForkedTask(String name, Callable<T> body) {
        this.name = name;
        this.body = body;
    }

    /** Does the work on the calling thread. */
    final void execute() {
        try {
            outcome = new Outcome<>(body.call(), null);
        } catch (Throwable failure) { // an error, too, belongs to whoever asks for the result
            outcome = new Outcome<>(null, failure);
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean isDone() {
        return outcome != null;
    }

    @Override
    public final T result() throws ExecutionException {
        Outcome<T> ended = outcome;
        if (ended == null) {
            throw new IllegalStateException(
                    "task \"" + name + "\" has not ended; await it before asking for its result");
        }
        if (ended.failure != null) {
            throw new ExecutionException("task \"" + name + "\" failed: " + ended.failure, ended.failure);
        }
        return ended.value;
    }

    private record Outcome<T>(T value, @Nullable Throwable failure) {}
}
