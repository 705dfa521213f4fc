package dev.foothold.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The least there is to it: lock, read the number, write beside, force, rename, force the directory. It keeps the lock's
 * file and the directory open, checks nothing, and waits for the lock without a limit.
 */
final class BareCounter implements Counter {

    /** The system's lock is one of processes. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private static final Map<Path, FileChannel> LOCKS = new ConcurrentHashMap<>();

    private final Path file;
    private final Path unfinished;
    private final ReentrantLock threads;
    private final FileChannel lock;
    private final FileChannel directory;

    BareCounter(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("number");
        this.unfinished = directory.resolve("unfinished");
        this.threads = THREADS.computeIfAbsent(directory, unused -> new ReentrantLock());
        this.directory = FileChannel.open(directory, StandardOpenOption.READ);
        synchronized (LOCKS) {
            FileChannel open = LOCKS.get(directory);
            this.lock = open != null
                    ? open
                    : FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            LOCKS.put(directory, lock);
        }
    }

    @Override
    public void increment() throws IOException {
        threads.lock();
        FileLock held = lock.lock();
        try {
            byte[] bytes = Content.of(read() + 1);
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(bytes));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            directory.force(true);
        } finally {
            held.release();
            threads.unlock();
        }
    }

    @Override
    public long read() throws IOException {
        return Files.exists(file) ? Content.number(Files.readAllBytes(file)) : 0;
    }
}
