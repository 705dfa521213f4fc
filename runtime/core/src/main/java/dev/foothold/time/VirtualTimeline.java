package dev.foothold.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on threads that hand a baton to each other: only its holder runs. Whoever has to wait, forks or ends gives
 * the baton to a task that can go on, which the seed chooses; when there is none, time jumps to the next moment at which
 * there is one.
 */
final class VirtualTimeline implements Timeline {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NEVER = Long.MAX_VALUE;

    private static final String IDLE = "virtual-timeline-idle";

    /** How often a task looks for the baton before it parks; waking a parked thread takes longer than most turns. */
    private static final int LOOKS = 20;

    /** Shared by all virtual timelines: making threads would take most of the time of a run. */
    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), VirtualTimeline::daemon);

    // Only the holder of the baton touches these; handing it over publishes them to the next one.
    private final SplittableRandom random;
    private final List<VirtualTask<?>> alive = new ArrayList<>();
    private long nanos;
    private @Nullable String deadlock;

    private volatile VirtualTask<?> running;

    VirtualTimeline(long seed) {
        random = new SplittableRandom(seed);
        running = new VirtualTask<>(Thread.currentThread());
        alive.add(running);
    }

    @Override
    public Instant now() {
        requireTask();
        return START.plusNanos(nanos);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        long pause = Math.max(0, NANOSECONDS.convert(duration));
        block(new Wait(() -> "sleeps for " + duration, later(pause), () -> false));
    }

    @Override
    public Scope open(String name, Duration budget) {
        return new VirtualScope(requireTask(), name, budget);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, IDLE);
        thread.setDaemon(true);
        return thread;
    }

    private long later(long pause) {
        return pause < NEVER - nanos ? nanos + pause : NEVER;
    }

    private VirtualTask<?> requireTask() {
        VirtualTask<?> task = running;
        if (task.thread != Thread.currentThread()) {
            throw new IllegalStateException("thread \"" + Thread.currentThread().getName()
                    + "\" is not a task of this virtual timeline; fork what it does in a scope of the timeline");
        }
        return task;
    }

    /** Waits where an interrupt ends the waiting. */
    private void block(Wait wait) throws InterruptedException {
        VirtualTask<?> me = requireTask();
        me.throwIfInterrupted(wait);
        yieldFor(wait);
        failIfDeadlocked();
        me.throwIfInterrupted(wait);
    }

    /** Lets others run until the wait is over and it is the caller's turn again. */
    private void yieldFor(Wait wait) {
        VirtualTask<?> me = requireTask();
        me.wait = wait;
        VirtualTask<?> next = choose();
        if (next != me) {
            running = next;
            next.takeBaton();
            me.awaitBaton();
        }
        me.deliverInterrupt();
    }

    private void end(VirtualTask<?> me) {
        alive.remove(me);
        VirtualTask<?> next = choose();
        running = next;
        next.takeBaton();
    }

    private VirtualTask<?> choose() {
        List<VirtualTask<?>> ready = ready();
        if (ready.isEmpty()) {
            long next = alive.stream().mapToLong(task -> task.wait.wakeAt).min().orElse(NEVER);
            if (next == NEVER) {
                deadlock = describeDeadlock();
            } else {
                nanos = next;
            }
            ready = ready();
        }
        return ready.get(random.nextInt(ready.size()));
    }

    private List<VirtualTask<?>> ready() {
        List<VirtualTask<?>> ready = new ArrayList<>(alive.size());
        for (VirtualTask<?> task : alive) {
            if (task.wait.wakeAt <= nanos || task.wait.over.getAsBoolean() || task.wait.canFail && mustFail(task)) {
                ready.add(task);
            }
        }
        return ready;
    }

    private boolean mustFail(VirtualTask<?> task) {
        return task.interrupted || deadlock != null;
    }

    private void failIfDeadlocked() {
        if (deadlock != null) {
            throw new IllegalStateException(deadlock);
        }
    }

    private String describeDeadlock() {
        return alive.stream()
                .map(task -> "\"" + task.path + "\" " + task.wait.what.get())
                .collect(Collectors.joining("; ", "every task of the virtual timeline waits for ever: ", ""));
    }

    /**
     * What a task waits for.
     *
     * @param canFail whether the waiting task can be interrupted
     */
    private record Wait(Supplier<String> what, long wakeAt, BooleanSupplier over, boolean canFail) {

        Wait(Supplier<String> what, long wakeAt, BooleanSupplier over) {
            this(what, wakeAt, over, true);
        }

        static Wait untilChosen() {
            return new Wait(() -> "is ready", NEVER, () -> true, false);
        }
    }

    private final class VirtualTask<T> extends ForkedTask<T> {

        private final String path;
        private final @Nullable VirtualScope scope;
        private final Semaphore baton = new Semaphore(0);
        private @Nullable Thread thread; // none before the task is chosen for the first time
        private Wait wait = Wait.untilChosen();
        private boolean interrupted;

        /** Makes the first task, which runs already. */
        VirtualTask(Thread thread) {
            super("main", () -> {
                throw new IllegalStateException("the first task runs on its own");
            });
            this.path = "main";
            this.scope = null;
            this.thread = thread;
        }

        VirtualTask(VirtualScope scope, String name, Callable<T> body) {
            super(name, body);
            this.path = scope.name() + "/" + name;
            this.scope = scope;
        }

        private void run() {
            thread = Thread.currentThread();
            thread.setName("foothold-" + path.replace('/', '-'));
            deliverInterrupt();
            execute();
            thread.setName(IDLE);
            end(this);
        }

        /** Makes this task the one that runs; called by the one that ran. */
        private void takeBaton() {
            if (thread == null) {
                THREADS.execute(this::run);
            } else {
                baton.release();
            }
        }

        private void awaitBaton() {
            for (int i = 0; i < LOOKS; i++) {
                if (baton.tryAcquire()) {
                    return;
                }
                Thread.yield();
            }
            baton.acquireUninterruptibly();
        }

        private void deliverInterrupt() {
            if (interrupted) {
                interrupted = false;
                Thread.currentThread().interrupt();
            }
        }

        private void throwIfInterrupted(Wait wait) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("\"" + path + "\" was interrupted; it " + wait.what.get());
            }
        }

        @Override
        public void cancel() {
            VirtualTask<?> caller = requireTask();
            if (!isDone()) {
                interrupted = true;
            }
            caller.deliverInterrupt();
        }
    }

    private final class VirtualScope extends TaskScope {

        private final VirtualTask<?> opener;
        private final long deadline;
        private final List<VirtualTask<?>> tasks = new ArrayList<>();
        private boolean closed;

        VirtualScope(VirtualTask<?> opener, String name, Duration budget) {
            super(name, budget);
            this.opener = opener;
            this.deadline = later(NANOSECONDS.convert(budget));
        }

        @Override
        public <T> Task<T> fork(String name, Callable<T> body) {
            requireTask();
            if (closed) {
                throw closed(name);
            }
            VirtualTask<T> task = new VirtualTask<>(this, name, body);
            tasks.removeIf(Task::isDone);
            tasks.add(task);
            alive.add(task);
            yieldFor(Wait.untilChosen());
            return task;
        }

        @Override
        List<? extends Task<?>> tasks() {
            return tasks;
        }

        @Override
        boolean owns(Task<?> task) {
            return task instanceof VirtualTask<?> virtual && virtual.scope == this;
        }

        @Override
        void await(Collection<? extends Task<?>> awaited, BooleanSupplier condition) throws InterruptedException {
            requireOpener();
            block(new Wait(() -> "waits in scope \"" + name() + "\" for " + names(awaited), deadline, condition));
        }

        @Override
        public Instant deadline() {
            return START.plusNanos(deadline);
        }

        @Override
        public Duration remaining() {
            requireTask();
            return Duration.ofNanos(Math.max(0, deadline - nanos));
        }

        @Override
        public void close() {
            requireOpener();
            closed = true;
            tasks.forEach(Task::cancel);
            boolean wasDeadlocked = deadlock != null;
            yieldFor(new Wait(
                    () -> "closes scope \"" + name() + "\" and waits for " + names(tasks),
                    NEVER,
                    () -> tasks.stream().allMatch(Task::isDone),
                    false));
            if (!wasDeadlocked) {
                failIfDeadlocked();
            }
        }

        private void requireOpener() {
            VirtualTask<?> caller = requireTask();
            if (caller != opener) {
                throw notTheOpener(caller.path);
            }
        }
    }
}
