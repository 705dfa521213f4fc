package dev.foothold.internal.ssh;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Begins errands. Threads are used again by the next one, as starting a thread for each costs more than most errands
 * do, and end when there has been nothing to do for a moment. Thread-safe.
 */
final class Errands {

    private static final long IDLE_MILLIS = 200;
    private static final String IDLE_NAME = "foothold-ssh-idle";

    private static final Executor NOW = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), Errands::thread);

    private Errands() {}

    /**
     * Begins an errand at once.
     *
     * @param name what its thread is called meanwhile
     * @param work what to do
     */
    static Errand now(String name, Runnable work) {
        Errand errand = new Errand(() -> {
            Thread.currentThread().setName(name);
            try {
                work.run();
            } finally {
                Thread.currentThread().setName(IDLE_NAME);
            }
        });
        NOW.execute(errand);
        return errand;
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, IDLE_NAME);
        thread.setDaemon(true);
        return thread;
    }
}
