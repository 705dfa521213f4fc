package dev.foothold.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Does to files what a store needs, each step complete or not done. What it makes is for its owner only where the file
 * system knows owners. Thread-safe.
 */
class Disk {

    private final boolean posix;

    /**
     * Creates it.
     *
     * @param posix whether the file system knows owners, and lets directories be forced to the disk
     */
    Disk(boolean posix) {
        this.posix = posix;
    }

    /** What a file is created with. */
    FileAttribute<?>[] forFiles() {
        return attributes("rw-------");
    }

    /** What a directory is created with. */
    FileAttribute<?>[] forDirectories() {
        return attributes("rwx------");
    }

    /** Reads a file; empty if there is none. */
    Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(uninterrupted(() -> Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Makes a file, in place of one that is there, and forces it to the disk. */
    void write(Path file, byte[] bytes) throws IOException {
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        uninterrupted(() -> {
            Files.deleteIfExists(file);
            try (FileChannel channel = FileChannel.open(file, create, forFiles())) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            return file;
        });
    }

    /** Puts a file in the place of another one, at once for all who look. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a directory's entries survive a crash. */
    void force(Path directory) throws IOException {
        if (posix) {
            uninterrupted(() -> {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                return directory;
            });
        }
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Repeats what an interrupt broke off: half a change is worse than one that ends a moment later. */
    private static <T> T uninterrupted(DirectoryLock.Action<T> action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return action.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
