package dev.foothold.cloud;

import dev.foothold.environ.CredentialOutcome;
import dev.foothold.time.Scope;
import dev.foothold.time.Stopwatch;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the cloud still accepts the credential, once for all calls that are denied at the same time: a probe
 * counts for every call that was sent before it began.
 */
final class SharedProbe {

    static final String OPERATION = "probeCredential";

    private static final Duration BUDGET = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** Longer than any probe that answers to interruption. */
    private static final Duration PATIENCE = BUDGET.multipliedBy(2);

    private final Timeline timeline;
    private final Callable<Boolean> probe;

    private final ReentrantLock lock = new ReentrantLock();
    private int begun;
    private boolean running;
    private int number;
    private @Nullable Verdict last;

    /**
     * Creates a probe.
     *
     * @param probe ends well if the credential is accepted
     */
    SharedProbe(Timeline timeline, Callable<Boolean> probe) {
        this.timeline = timeline;
        this.probe = probe;
    }

    /**
     * What a probe has found out.
     *
     * @param outcome what the denial means by that
     * @param failure what the probe threw, or null if it went well
     */
    record Verdict(CredentialOutcome outcome, @Nullable Throwable failure) {}

    /** Counts the probes that have begun: what a call remembers when it is sent. */
    int begun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the verdict of a probe that began after the first {@code before} ones, and makes one if there is none. */
    Verdict verdict(int before, Exception denial) throws InterruptedException {
        Stopwatch waited = Stopwatch.start(timeline);
        try {
            while (true) {
                Verdict known = knownSince(before);
                if (known != null) {
                    return known;
                }
                if (mayBegin()) {
                    return begin();
                }
                if (waited.elapsed().compareTo(PATIENCE) >= 0) {
                    return new Verdict(
                            CredentialOutcome.UNKNOWN, new TimeoutException("another call's probe has no end"));
                }
                timeline.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            e.addSuppressed(denial);
            throw e;
        }
    }

    private @Nullable Verdict knownSince(int before) {
        lock.lock();
        try {
            return number > before ? last : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayBegin() {
        lock.lock();
        try {
            if (running) {
                return false;
            }
            running = true;
            begun++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Verdict begin() throws InterruptedException {
        Verdict verdict = null;
        try {
            verdict = ask();
            return verdict;
        } finally {
            lock.lock();
            try {
                running = false;
                // An interrupted probe says nothing; the next call that waits makes its own.
                if (verdict != null) {
                    number = begun;
                    last = verdict;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private Verdict ask() throws InterruptedException {
        try (Scope scope = timeline.open("probe the credential", BUDGET)) {
            Task<Boolean> task = scope.fork(OPERATION, probe);
            scope.awaitFirst(List.of(task)).result();
            // It was accepted a moment after it was denied: not the credential was at fault, but the call.
            return new Verdict(CredentialOutcome.NOT_AUTHORISED, null);
        } catch (TimeoutException e) {
            return new Verdict(CredentialOutcome.UNKNOWN, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            Throwable failure = e.getCause();
            return new Verdict(CredentialOutcome.of(failure).orElse(CredentialOutcome.UNKNOWN), failure);
        }
    }
}
