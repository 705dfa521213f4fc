package dev.foothold.internal.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of one process at a time change a directory.
 *
 * <p>The operating system's lock on a file holds between processes only (and is lost when any channel of the process
 * to that file is closed), so threads agree among themselves first. The system frees the lock of a process that dies;
 * the file stays and means nothing.
 */
final class DirectoryLock {

    /** Locks by the real path of their file, shared by all stores of this process that use the same directory. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    private final Path file;
    private final FileAttribute<?>[] attributes;
    private final Duration patience;
    private final ReentrantLock threads;

    /**
     * Creates a lock.
     *
     * @param file the lock's file; its directory is a real path
     * @param attributes what the file is created with
     * @param patience how long to wait for others
     */
    DirectoryLock(Path file, FileAttribute<?>[] attributes, Duration patience) {
        this.file = file;
        this.attributes = attributes;
        this.patience = patience;
        this.threads = THREADS.computeIfAbsent(file, unused -> new ReentrantLock(true));
    }

    /** Does something that may fail as a file does. */
    @FunctionalInterface
    interface Action<T> {

        T run() throws IOException;
    }

    /**
     * Does something while nobody else does.
     *
     * @throws InterruptedIOException if the thread is interrupted while it waits
     * @throws IOException if the lock cannot be had in time, or the action fails
     */
    <T> T hold(Action<T> action) throws IOException {
        return hold(Optional::empty, action);
    }

    /**
     * Does something while nobody else does, unless a wait for other threads has made it superfluous.
     *
     * @param afterWait is asked once such a wait is over, before other processes are waited for; an answer is the result,
     *     and the action is not run then
     * @throws InterruptedIOException if the thread is interrupted while it waits
     * @throws IOException if the lock cannot be had in time, or the action fails
     */
    <T> T hold(Action<Optional<T>> afterWait, Action<T> action) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            boolean waited = !threads.tryLock();
            if (waited && !threads.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy("another thread");
            }
            try {
                Optional<T> answer = waited ? afterWait.run() : Optional.empty();
                return answer.isPresent() ? answer.get() : holdAmongProcesses(action, deadline);
            } finally {
                threads.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for " + file);
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private <T> T holdAmongProcesses(Action<T> action, long deadline) throws IOException, InterruptedException {
        try (FileChannel channel = open()) {
            // Freed when the channel is closed.
            acquire(channel, deadline);
            return action.run();
        }
    }

    /**
     * Tries out that the lock is given to one at a time.
     *
     * @throws UnfitFileSystemException if the file system gives it to others, too, or has none
     * @throws IOException if it cannot be had in time, or its file cannot be written
     */
    void prove() throws IOException {
        // Closing the second channel gives up what this process holds, and so ends what was begun; nothing is done
        // there.
        hold(() -> {
            try (FileChannel second = open()) {
                if (tryAcquire(second)) {
                    throw new UnfitFileSystemException("the lock on " + file + " was given twice", null);
                }
            }
            return file;
        });
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes);
    }

    private void acquire(FileChannel channel, long deadline) throws IOException, InterruptedException {
        long pause = MAX_PAUSE_NANOS >> 5;
        while (!tryAcquire(channel)) {
            if (System.nanoTime() - deadline >= 0) {
                throw busy("another process");
            }
            // The system's own waiting has no deadline.
            TimeUnit.NANOSECONDS.sleep(pause);
            pause = Math.min(pause * 2, MAX_PAUSE_NANOS);
        }
    }

    private boolean tryAcquire(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another channel of this process holds it, of another class loader's copy of this class: wait as for
            // others.
            return false;
        } catch (IOException e) {
            throw new UnfitFileSystemException(file + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private IOException busy(String holder) {
        return new IOException(holder + " has held " + file + " for " + patience.toSeconds()
                + " s; end it, or try again when it has finished");
    }
}
