package dev.foothold.internal.ssh;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs short errands that must not hold up whoever has them run. Threads are used again by the next errand, as starting
 * one for each costs more than most errands do, and end when there has been none for a moment. Thread-safe.
 */
final class Errands {

    private static final long IDLE_MILLIS = 200;

    private static final ExecutorService NOW = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), Errands::thread);

    private static final ScheduledThreadPoolExecutor LATER = later();

    private Errands() {}

    /** Runs an errand at once. */
    static Future<?> now(Runnable errand) {
        return NOW.submit(errand);
    }

    /** Runs an errand that does not wait for anything, after a while; forgets it when it is cancelled before. */
    static Future<?> after(Duration delay, Runnable errand) {
        return LATER.schedule(errand, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor later() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Errands::thread);
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "foothold-ssh-errand");
        thread.setDaemon(true);
        return thread;
    }
}
