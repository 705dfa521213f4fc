package dev.foothold.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Runs every task on a daemon thread of its own. Budgets are counted by a clock that nobody can set. */
enum RealTimeline implements Timeline {
    INSTANCE;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a pause of " + duration);
        }
        NANOSECONDS.sleep(NANOSECONDS.convert(duration));
    }

    @Override
    public Scope open(String name, Duration budget) {
        return new RealScope(name, budget);
    }

    private static final class RealScope extends TaskScope {

        private final Thread opener = Thread.currentThread();
        private final long openedNanos = System.nanoTime();
        private final long budgetNanos;
        private final Instant deadline;

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition taskEnded = lock.newCondition();
        private final List<RealTask<?>> tasks = new ArrayList<>();
        private boolean closed;

        RealScope(String name, Duration budget) {
            super(name, budget);
            budgetNanos = NANOSECONDS.convert(budget);
            deadline = Instant.now().plusNanos(budgetNanos);
        }

        @Override
        public <T> Task<T> fork(String name, Callable<T> body) {
            RealTask<T> task = new RealTask<>(this, name, body);
            lock.lock();
            try {
                if (closed) {
                    throw closed(name);
                }
                tasks.removeIf(earlier -> !earlier.thread.isAlive());
                task.thread.start();
                tasks.add(task);
            } finally {
                lock.unlock();
            }
            return task;
        }

        @Override
        List<? extends Task<?>> tasks() {
            lock.lock();
            try {
                return List.copyOf(tasks);
            } finally {
                lock.unlock();
            }
        }

        @Override
        boolean owns(Task<?> task) {
            return task instanceof RealTask<?> real && real.scope == this;
        }

        @Override
        void await(Collection<? extends Task<?>> awaited, BooleanSupplier condition) throws InterruptedException {
            requireOpener();
            lock.lockInterruptibly();
            try {
                long left = remainingNanos();
                while (left > 0 && !condition.getAsBoolean()) {
                    left = taskEnded.awaitNanos(left);
                }
                // an interrupt that came between the end of the wait and here
                if (left <= 0 && Thread.interrupted()) {
                    throw new InterruptedException("interrupted while it waited for " + names(awaited));
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Instant deadline() {
            return deadline;
        }

        @Override
        public Duration remaining() {
            return Duration.ofNanos(remainingNanos());
        }

        private long remainingNanos() {
            return Math.max(0, budgetNanos - (System.nanoTime() - openedNanos));
        }

        @Override
        public void close() {
            requireOpener();
            List<RealTask<?>> open;
            lock.lock();
            try {
                closed = true;
                open = List.copyOf(tasks);
            } finally {
                lock.unlock();
            }
            open.forEach(Task::cancel);
            boolean interrupted = false;
            for (RealTask<?> task : open) {
                interrupted |= joinUninterruptibly(task.thread);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private static boolean joinUninterruptibly(Thread thread) {
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    return interrupted;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }

        private void requireOpener() {
            if (Thread.currentThread() != opener) {
                throw notTheOpener(Thread.currentThread().getName());
            }
        }

        private void ended() {
            lock.lock();
            try {
                taskEnded.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class RealTask<T> extends ForkedTask<T> {

        private final RealScope scope;
        private final Thread thread;

        RealTask(RealScope scope, String name, Callable<T> body) {
            super(name, body);
            this.scope = scope;
            thread = new Thread(this::run, "foothold-" + scope.name() + "-" + name);
            thread.setDaemon(true);
        }

        private void run() {
            execute();
            scope.ended();
        }

        @Override
        public void cancel() {
            if (!isDone()) {
                thread.interrupt();
            }
        }
    }
}
