package dev.foothold.internal.ssh;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done on a thread which serves others later. Unlike a thread it can be interrupted without harm at any
 * moment: whoever has the thread next does not notice. Thread-safe.
 */
final class Errand implements Runnable {

    private final Runnable work;

    // Guarded by this.
    private @Nullable Thread runner;
    private boolean interrupted;
    private boolean ended;

    Errand(Runnable work) {
        this.work = work;
    }

    @Override
    public void run() {
        begin();
        try {
            work.run();
        } finally {
            end();
        }
    }

    /** Interrupts the work, also if it has not begun; does nothing when it has ended. */
    synchronized void interrupt() {
        interrupted = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Waits for the end even if interrupted, and keeps the interrupt; tells whether the work has ended. */
    synchronized boolean await(Deadline deadline) {
        boolean woken = false;
        try {
            while (!ended && !deadline.isOver()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, deadline.nanosLeft());
                } catch (InterruptedException e) {
                    woken = true;
                }
            }
            return ended;
        } finally {
            if (woken) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void begin() {
        runner = Thread.currentThread();
        if (interrupted) {
            runner.interrupt();
        }
    }

    private synchronized void end() {
        runner = null;
        ended = true;
        // Whatever of it came too late.
        Thread.interrupted();
        notifyAll();
    }
}
