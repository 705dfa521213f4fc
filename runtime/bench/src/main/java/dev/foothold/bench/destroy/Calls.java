package dev.foothold.bench.destroy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a cloud is asked, and answers late. Thread-safe. */
final class Calls {

    private final Duration latency;
    private final boolean weighing;
    private final AtomicInteger count = new AtomicInteger();
    private long heap;

    /**
     * Begins to count.
     *
     * @param latency how long each call takes
     * @param weighing whether the heap is looked at in each call, which takes its time
     */
    Calls(Duration latency, boolean weighing) {
        this.latency = latency;
        this.weighing = weighing;
    }

    void make() throws InterruptedException {
        count.incrementAndGet();
        if (weighing) {
            weigh();
        }
        Thread.sleep(latency.toMillis());
    }

    private synchronized void weigh() {
        heap = Math.max(heap, live());
    }

    int count() {
        return count.get();
    }

    /** Gives the most that was alive in the heap in any call, in bytes. */
    synchronized long heap() {
        return heap;
    }

    /** Gives what is alive in the heap now, in bytes. */
    static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
