package dev.foothold.simulator;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs something in the background that can be called off: after {@link #cancel()} it has ended. */
final class Task {
    private static final Duration END = Duration.ofSeconds(30);

    private @Nullable Thread thread;
    private boolean ended;
    private boolean cancelled;

    /** What a task does; it ends soon when interrupted. */
    interface Body {
        void run() throws InterruptedException;
    }

    static Task start(Executor executor, Body body) {
        Task task = new Task();
        executor.execute(() -> task.run(body));
        return task;
    }

    private void run(Body body) {
        synchronized (this) {
            if (cancelled) {
                ended = true;
                notifyAll();
                return;
            }
            thread = Thread.currentThread();
        }
        try {
            body.run();
        } catch (InterruptedException e) {
            // Called off. The thread goes back to its pool, so the interrupt ends here.
        } finally {
            synchronized (this) {
                thread = null;
                ended = true;
                notifyAll();
            }
            Thread.interrupted();
        }
    }

    synchronized boolean isRunning() {
        return !ended;
    }

    /** Interrupts the task and waits until it has ended, for seconds at most; keeps the caller's own interrupt. */
    synchronized void cancel() {
        cancelled = true;
        boolean interrupted = false;
        long deadline = System.nanoTime() + END.toNanos();
        while (!ended && System.nanoTime() < deadline) {
            if (thread != null) {
                thread.interrupt();
            }
            try {
                wait(50);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
