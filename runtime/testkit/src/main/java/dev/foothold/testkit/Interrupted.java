package dev.foothold.testkit;

import dev.foothold.environ.CloudException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call that was interrupted.
 *
 * @param ended whether it has come to an end in time
 * @param failure what it threw; null if nothing
 * @param flagged whether it has left its thread interrupted
 */
record Interrupted(boolean ended, @Nullable Throwable failure, boolean flagged) {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Makes a call in a thread of its own and interrupts it after a while. */
    static Interrupted after(Duration pause, Callable<?> call) throws InterruptedException {
        return after(pause, LONGEST, call);
    }

    static Interrupted after(Duration pause, Duration longest, Callable<?> call) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> flagged = new AtomicReference<>(false);
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    begun.countDown();
                    try {
                        call.call();
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                    flagged.set(Thread.currentThread().isInterrupted());
                },
                "foothold-contract-interrupted");
        thread.setDaemon(true);
        thread.start();
        begun.await();
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        thread.interrupt();
        thread.join(longest.toMillis());
        return new Interrupted(!thread.isAlive(), failure.get(), flagged.get());
    }

    /** Tells whether the caller can find out that the call was interrupted. */
    boolean tells() {
        return failure == null
                || flagged
                || CloudException.causes(failure).anyMatch(InterruptedException.class::isInstance);
    }
}
