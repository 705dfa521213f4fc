package dev.foothold.internal.store;

import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each object as a file below one directory, which any number of threads and processes of one machine may share.
 *
 * <p>A file is replaced as a whole: written beside, forced to the disk, renamed. Whoever reads, or finds the files
 * after a crash, sees the old content or the new. Changes are made one at a time under a lock that dies with its
 * process; after 30 seconds of waiting for it a change gives up. An interrupt ends that wait with an
 * {@link InterruptedIOException}, but never a change that has begun. On POSIX systems files are created with
 * mode 0600 and directories with 0700. A directory where this cannot be done is refused when the store is opened: it
 * tries its lock, its renaming and a few conditional changes out on a file of its own.
 *
 * <p>The version of an object is the SHA-256 hash of its content. An object that was changed and changed back
 * therefore has its old version again, as if nothing had happened: all that a caller can have based a decision on is
 * the content, and a version that stems from it also survives copies, restored backups and file systems with coarse
 * times. An object that must not be mistaken for an earlier one carries a count in its content.
 *
 * <p>Thread-safe.
 */
public final class FileStateStore implements StateStore {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** No object is called so, since parts of names do not begin with a dot. */
    private static final String LOCK = ".lock";

    /** One name is enough, as only the holder of the lock writes; what a killed process leaves is written over. */
    private static final String UNFINISHED = ".unfinished";

    /** What the store tries itself out on. */
    private static final String TRIAL = ".trial";

    private final Path root;
    private final Disk disk;
    private final DirectoryLock lock;

    private FileStateStore(Path root, Disk disk, Duration patience) {
        this.root = root;
        this.disk = disk;
        this.lock = new DirectoryLock(root.resolve(LOCK), disk.forFiles(), patience);
    }

    /**
     * Opens the store in a directory, which is created if it does not exist.
     *
     * @param directory the directory
     * @return the store
     * @throws IOException if it cannot be created or written to, or its file system does not lock, does not rename at
     *     once or cannot be forced to the disk; the message names it, and says what to do
     */
    public static FileStateStore open(Path directory) throws IOException {
        return open(directory, PATIENCE);
    }

    static FileStateStore open(Path directory, Duration patience) throws IOException {
        return open(
                directory,
                patience,
                new Disk(directory.getFileSystem().supportedFileAttributeViews().contains("posix")));
    }

    static FileStateStore open(Path directory, Duration patience, Disk disk) throws IOException {
        try {
            Files.createDirectories(directory, disk.forDirectories());
            FileStateStore store = new FileStateStore(directory.toRealPath(), disk, patience);
            store.lock.prove();
            store.lock.hold(() -> {
                store.prove();
                return store;
            });
            return store;
        } catch (IOException e) {
            throw failed("open the state directory", directory, e);
        }
    }

    @Override
    public Optional<StoredObject> read(String name) throws IOException {
        Path file = path(name);
        try {
            Optional<byte[]> content = disk.read(file);
            if (content.isEmpty() && !Files.isDirectory(root)) {
                throw new NoSuchFileException(root.toString());
            }
            return content.map(bytes -> new StoredObject(bytes, version(bytes)));
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    @Override
    public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) throws IOException {
        Path file = path(name);
        try {
            // Of several threads that wait with the same expectation, all but one are told here.
            return lock.hold(
                    () -> isStill(file, expected) ? Optional.empty() : Optional.of(false),
                    () -> change(file, expected, bytes));
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    @Override
    public List<String> scan(String prefix) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return directory.equals(root) || isPart(directory)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = nameOf(file);
                    if (attributes.isRegularFile() && isPart(file) && name.startsWith(prefix)) {
                        names.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException && !file.equals(root)) {
                        // Removed by another while we look.
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw failed("list", root, e);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public URI locate(String name) {
        return path(name).toUri();
    }

    @Override
    public String toString() {
        return "FileStateStore[" + root + "]";
    }

    private String nameOf(Path file) {
        StringJoiner name = new StringJoiner("/");
        root.relativize(file).forEach(part -> name.add(part.toString()));
        return name.toString();
    }

    private static boolean isPart(Path path) {
        return ObjectName.isPart(path.getFileName().toString());
    }

    private Path path(String name) {
        return ObjectName.parse(name).in(root);
    }

    /** Compares and sets; the lock is held. */
    private boolean change(Path file, @Nullable String expected, byte @Nullable [] bytes) throws IOException {
        if (!isStill(file, expected)) {
            return false;
        }
        if (bytes != null) {
            replace(file, bytes);
        } else if (expected != null) {
            remove(file);
        }
        return true;
    }

    private boolean isStill(Path file, @Nullable String expected) throws IOException {
        return Objects.equals(disk.read(file).map(FileStateStore::version).orElse(null), expected);
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        Path directory = file.getParent();
        createDirectories(directory);
        Path unfinished = directory.resolve(UNFINISHED);
        try {
            disk.write(unfinished, bytes);
            disk.rename(unfinished, file);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        disk.force(directory);
    }

    private void remove(Path file) throws IOException {
        Path directory = file.getParent();
        Files.delete(file);
        disk.force(directory);
        removeIfEmpty(directory);
    }

    private void createDirectories(Path directory) throws IOException {
        if (!directory.equals(root) && !Files.isDirectory(directory)) {
            createDirectories(directory.getParent());
            Files.createDirectory(directory, disk.forDirectories());
            disk.force(directory.getParent());
        }
    }

    private void removeIfEmpty(Path directory) {
        if (directory.equals(root) || Files.isSymbolicLink(directory)) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(UNFINISHED));
            Files.delete(directory);
            removeIfEmpty(directory.getParent());
        } catch (IOException e) {
            // It holds other objects, or is not ours to remove; an empty directory means nothing.
        }
    }

    /**
     * Tries out, before anything depends on it, that of two changes which expect the same one is refused, and that a file
     * is replaced as a whole. The lock is held.
     */
    private void prove() throws IOException {
        Path trial = root.resolve(TRIAL);
        byte[] old = {'o', 'l', 'd'};
        byte[] changed = {'n', 'e', 'w'};
        // What a process has left that was killed while it tried.
        Files.deleteIfExists(trial);
        try {
            require(change(trial, null, old), "a file that was not there was found");
            require(!change(trial, null, changed), "a file that was just written was not found");
            try (InputStream reader = Files.newInputStream(trial)) {
                require(change(trial, version(old), changed), "a file that was just written is another one");
                require(!change(trial, version(old), old), "a file that was just replaced is still the old one");
                require(
                        Arrays.equals(reader.readAllBytes(), old),
                        "files are not replaced as a whole, so that readers may see a mixture");
            }
            require(change(trial, version(changed), null), "a file that was just written is another one");
            require(disk.read(trial).isEmpty(), "a file that was just removed is still there");
        } finally {
            Files.deleteIfExists(trial);
        }
    }

    private static void require(boolean asItMustBe, String otherwise) throws IOException {
        if (!asItMustBe) {
            throw new UnfitFileSystemException(otherwise, null);
        }
    }

    private static String version(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Names the file and the reason, of which the platform's own messages often give only one. */
    private static IOException failed(String action, Path path, IOException cause) {
        if (cause instanceof InterruptedIOException) {
            return cause;
        }
        return new IOException("cannot " + action + " " + path + ": " + reason(path, cause), cause);
    }

    private static String reason(Path path, IOException cause) {
        if (!(cause instanceof FileSystemException failure)) {
            return String.valueOf(cause.getMessage());
        }
        String reason = failure.getReason();
        if (failure instanceof AtomicMoveNotSupportedException) {
            reason = "files are not renamed at once (" + reason + ")" + UnfitFileSystemException.REMEDY;
        } else if (reason == null) {
            reason = failure instanceof NoSuchFileException
                    ? "no such file or directory"
                    : failure instanceof AccessDeniedException
                            ? "permission denied"
                            : failure instanceof FileAlreadyExistsException
                                    ? "it exists and is no directory"
                                    : failure.getClass().getSimpleName();
        }
        String file = failure.getFile();
        return file == null || file.equals(path.toString()) ? reason : file + ": " + reason;
    }
}
