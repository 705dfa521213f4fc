package dev.foothold.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.state.StateStore;
import dev.foothold.state.StateStoreContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FileStateStoreTest extends StateStoreContract {

    @TempDir
    Path temporary;

    private final List<Process> children = new ArrayList<>();
    private Path directory;

    @BeforeEach
    void chooseDirectory() throws IOException {
        directory = temporary.toRealPath().resolve("new/state");
    }

    @AfterEach
    void endChildren() throws InterruptedException {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    @Override
    protected StateStore open() throws IOException {
        return FileStateStore.open(directory);
    }

    @Test
    void anObjectIsAFileOfItsName() throws IOException {
        StateStore store = open();
        store.compareAndSet("prod/provider-state", null, bytes("x"));

        Path file = directory.resolve("prod/provider-state");
        assertThat(file).hasContent("x");
        assertThat(store.locate("prod/provider-state")).isEqualTo(file.toUri()).hasScheme("file");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void filesAndDirectoriesAreForTheirOwnerOnly() throws IOException {
        open().compareAndSet("prod/object", null, bytes("secret"));

        assertThat(mode(directory)).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("prod"))).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("prod/object"))).isEqualTo("rw-------");
        assertThat(mode(directory.resolve(".lock"))).isEqualTo("rw-------");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDirectoryThatExistsKeepsItsMode() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));

        open();

        assertThat(mode(directory)).isEqualTo("rwxr-x---");
    }

    @Test
    void anEditByHandIsAnotherVersion() throws IOException {
        StateStore store = open();
        store.compareAndSet("object", null, bytes("one"));
        String one = version(store, "object");
        Files.writeString(directory.resolve("object"), "two");

        assertThat(store.compareAndSet("object", one, bytes("three"))).isFalse();
        assertThat(content(store, "object")).isEqualTo("two");
    }

    @Test
    void theLastObjectTakesItsDirectoryAlong() throws IOException {
        StateStore store = open();
        store.compareAndSet("a/b/c", null, bytes("x"));
        store.compareAndSet("a/d", null, bytes("x"));

        store.compareAndSet("a/b/c", version(store, "a/b/c"), null);
        assertThat(directory.resolve("a/b")).doesNotExist();
        store.compareAndSet("a/d", version(store, "a/d"), null);
        assertThat(directory.resolve("a")).doesNotExist();
        assertThat(directory).exists();
    }

    @Test
    void whatAKilledProcessLeftUnfinished_isNotSeenAndNotInTheWay() throws IOException {
        StateStore store = open();
        store.compareAndSet("prod/object", null, bytes("one"));
        Path leftover = Files.writeString(directory.resolve("prod/.unfinished"), "hal");

        assertThat(open().scan("")).containsExactly("prod/object");
        assertThat(store.compareAndSet("prod/object", version(store, "prod/object"), bytes("two")))
                .isTrue();
        assertThat(content(store, "prod/object")).isEqualTo("two");
        assertThat(leftover).doesNotExist();
    }

    @Test
    void filesThatAreNoObjects_areNotListed() throws IOException {
        StateStore store = open();
        Files.writeString(directory.resolve(".hidden"), "");
        Files.writeString(directory.resolve("a b"), "");
        Files.createDirectories(directory.resolve(".git/objects"));
        Files.writeString(directory.resolve(".git/objects/x"), "");

        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void aFileWhereTheDirectoryShouldBe_isNamed() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining(directory.toString());
    }

    @Test
    void aFileWhereAModelShouldBe_isNamed() throws IOException {
        StateStore store = open();
        store.compareAndSet("prod", null, bytes("x"));

        assertThatThrownBy(() -> store.compareAndSet("prod/object", null, bytes("y")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("prod").toString());
        assertThat(content(store, "prod")).isEqualTo("x");
    }

    @Test
    void aDirectoryWhereAnObjectShouldBe_isNamed() throws IOException {
        StateStore store = open();
        store.compareAndSet("prod/object", null, bytes("x"));

        assertThatThrownBy(() -> store.read("prod"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("prod").toString());
        assertThatThrownBy(() -> store.compareAndSet("prod", null, bytes("y")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("prod").toString());
        assertThat(content(store, "prod/object")).isEqualTo("x");
    }

    @Test
    void aDirectoryThatVanished_isAnErrorAndNotAnEmptyStore() throws IOException {
        StateStore store = open();
        Files.delete(directory.resolve(".lock"));
        Files.delete(directory);

        assertThatThrownBy(() -> store.read("object"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> store.compareAndSet("object", null, bytes("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
        assertThatThrownBy(() -> store.scan(""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
        assertThat(directory).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryThatCannotBeWrittenTo_isRefusedAtOnce() {
        // Not even the superuser may create a file there.
        assertThatThrownBy(() -> FileStateStore.open(Path.of("/proc/self")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot open the state directory /proc/self")
                .hasMessageContaining(".lock");
    }

    @Test
    void aWriteThatFails_leavesTheOldContentAndNamesTheFile() throws IOException {
        StateStore store = open();
        store.compareAndSet("prod/object", null, bytes("one"));
        Files.createDirectories(directory.resolve("prod/.unfinished/in-the-way"));

        assertThatThrownBy(() -> store.compareAndSet("prod/object", version(store, "prod/object"), bytes("two")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("prod/object").toString())
                .hasMessageContaining(".unfinished");
        assertThat(content(store, "prod/object")).isEqualTo("one");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFullDisk_leavesTheOldContentAndNamesTheFile() throws Exception {
        StateStore store = open();
        store.compareAndSet("prod/object", null, bytes("one"));

        Process child = FileStoreChild.startOnFullDisk("alternate", directory.toString(), "prod/object", "300000");
        children.add(child);
        String error = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).isEqualTo(1);
        assertThat(error).contains("cannot write " + directory.resolve("prod/object"));
        assertThat(directory.resolve("prod/.unfinished")).doesNotExist();
        assertThat(content(store, "prod/object")).isEqualTo("one");
        assertThat(store.scan("")).containsExactly("prod/object");
        assertThat(store.compareAndSet("prod/object", version(store, "prod/object"), bytes("two")))
                .isTrue();
    }

    @Test
    @EnabledIf("canMount")
    void aDiskThatIsReallyFull_leavesTheOldContentAndNothingHalfWritten() throws Exception {
        Process child = FileStoreChild.startWithMounts("fill", directory.toString());
        children.add(child);

        assertThat(child.inputReader().lines())
                .containsExactly(
                        "cannot write " + directory.resolve("prod/object") + ": No space left on device",
                        "cannot write " + directory.resolve("new/object") + ": No space left on device",
                        "131072 of 131072 bytes, [prod/object], unfinished: falsefalse",
                        "true");
        assertThat(child.waitFor()).isZero();
    }

    @Test
    @EnabledIf("canMount")
    void aDirectoryThatBecomesReadOnly_canBeReadButNotWrittenOrOpened() throws Exception {
        Process child = FileStoreChild.startWithMounts("readOnly", directory.toString());
        children.add(child);

        String lock = directory.resolve(".lock") + ": Read-only file system";
        assertThat(child.inputReader().lines())
                .containsExactly(
                        "cannot write " + directory.resolve("prod/object") + ": " + lock,
                        "x [prod/object]",
                        "cannot open the state directory " + directory + ": " + lock);
        assertThat(child.waitFor()).isZero();
        assertThat(content(open(), "prod/object")).as("seen without the mount").isEqualTo("x");
    }

    static boolean canMount() throws Exception {
        try {
            return OS.LINUX.isCurrentOs()
                    && new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFileSystemThatDoesNotHoldALock_isRefused() throws IOException {
        // Each channel to a file in an archive has a file of its own behind it, and so a lock of its own.
        try (FileSystem archive = FileSystems.newFileSystem(temporary.resolve("state.zip"), Map.of("create", "true"))) {
            assertThatThrownBy(() -> FileStateStore.open(archive.getPath("/state")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "cannot open the state directory /state: the lock on /state/.lock was given twice; keep the"
                                    + " state on a file system that locks files and renames at once, as local disks do");
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("not replaced as a whole", new Disk(true) {
                    @Override
                    void rename(Path from, Path to) throws IOException {
                        Files.write(to, Files.readAllBytes(from));
                        Files.delete(from);
                    }
                }),
                Arguments.of("not renamed at once (cross-device link)", new Disk(true) {
                    @Override
                    void rename(Path from, Path to) throws IOException {
                        throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "cross-device link");
                    }
                }),
                Arguments.of("just written was not found", new Disk(true) {
                    @Override
                    Optional<byte[]> read(Path file) {
                        return Optional.empty();
                    }
                }),
                Arguments.of("just replaced is still the old one", new Disk(true) {
                    private byte @Nullable [] cached;

                    @Override
                    Optional<byte[]> read(Path file) throws IOException {
                        cached = cached == null ? super.read(file).orElse(null) : cached;
                        return Optional.ofNullable(cached);
                    }
                }),
                Arguments.of("Invalid argument", new Disk(true) {
                    @Override
                    void force(Path directory) throws IOException {
                        throw new IOException(directory + ": Invalid argument");
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileSystemThatCannotBeReliedOn_isRefused(String words, Disk faulty) throws IOException {
        assertThatThrownBy(() -> FileStateStore.open(directory, Duration.ofSeconds(30), faulty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot open the state directory " + directory)
                .hasMessageContaining(words);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("nothing is left of the trial").containsExactly(directory.resolve(".lock"));
        }
        assertThat(open().scan("")).isEmpty();
    }

    @Test
    void openingLeavesAloneWhatIsThere_alsoWhatAKilledProcessLeft() throws IOException {
        open().compareAndSet("prod/object", null, bytes("x"));
        Files.writeString(directory.resolve(".trial"), "old");

        assertThat(content(open(), "prod/object")).isEqualTo("x");
        assertThat(directory.resolve(".trial")).doesNotExist();
    }

    @Test
    void aLockThatIsHeldTooLong_isNamed() throws Exception {
        FileStateStore impatient = FileStateStore.open(directory, Duration.ofMillis(50));
        impatient.compareAndSet("object", null, bytes("one"));
        try (FileChannel channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.WRITE)) {
            channel.lock();

            assertThatThrownBy(() -> impatient.compareAndSet("object", null, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.resolve(".lock").toString());
            assertThat(content(impatient, "object")).as("reading needs no lock").isEqualTo("one");
        }
        assertThat(impatient.compareAndSet("object", version(impatient, "object"), bytes("two")))
                .isTrue();
    }

    @Test
    void anInterruptEndsTheWaitForTheLock() throws Exception {
        StateStore store = open();
        try (FileChannel channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.WRITE)) {
            channel.lock();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> store.compareAndSet("object", null, bytes("x")))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining(directory.resolve(".lock").toString());
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(store.read("object")).isEmpty();
    }

    @Test
    void whatNeedsNoWait_isDoneThoughTheThreadIsInterrupted() throws IOException {
        StateStore store = open();
        Thread.currentThread().interrupt();
        try {
            assertThat(store.compareAndSet("prod/object", null, bytes("x"))).isTrue();
            assertThat(content(store, "prod/object")).isEqualTo("x");
            assertThat(store.scan("")).containsExactly("prod/object");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void interruptsAtAnyMoment_neverLeaveAnUnknownOutcome() throws Exception {
        StateStore store = open();
        AtomicBoolean finished = new AtomicBoolean();
        Thread worker = Thread.currentThread();
        Thread pest = new Thread(() -> {
            while (!finished.get()) {
                worker.interrupt();
                LockSupport.parkNanos(1_000_000);
            }
        });
        pest.start();
        try {
            increment(store, "object", 100);
        } finally {
            finished.set(true);
            Thread.interrupted();
            pest.join();
        }
        assertThat(content(store, "object")).isEqualTo("100");
    }

    @Test
    void noUpdateOfEightProcessesIsLost() throws Exception {
        int contenders = 8;
        int increments = 25;
        for (int i = 0; i < contenders; i++) {
            children.add(
                    FileStoreChild.start("increment", directory.toString(), "object", Integer.toString(increments)));
        }
        for (Process child : children) {
            assertThat(child.inputReader().readLine()).isEqualTo("ready");
        }
        for (Process child : children) {
            child.getOutputStream().close();
        }
        for (Process child : children) {
            assertThat(child.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(child.exitValue()).isZero();
        }
        assertThat(content(open(), "object")).isEqualTo(Integer.toString(contenders * increments));
    }

    @Test
    void aWriterThatIsKilled_leavesTheOldOrTheNew() throws Exception {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) 'b');
        StateStore store = open();
        store.compareAndSet("prod/object", null, content);
        long seed = System.nanoTime();
        System.out.println("writers are killed at moments of seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            Process child = FileStoreChild.start(
                    "alternate", directory.toString(), "prod/object", Integer.toString(content.length));
            children.add(child);
            BufferedReader progress = child.inputReader();
            assertThat(progress.readLine()).isEqualTo("ready");
            int writes = 1 + random.nextInt(8);
            for (int written = 0; written < writes; written++) {
                do {
                    assertWhole(store, content.length);
                } while (!progress.ready() && child.isAlive());
                assertThat(progress.readLine()).isEqualTo("written");
            }
            LockSupport.parkNanos(random.nextInt(10_000_000));
            child.destroyForcibly().waitFor();

            assertWhole(store, content.length);
            assertThat(store.scan("")).containsExactly("prod/object");
            assertThat(store.compareAndSet("prod/object", version(store, "prod/object"), content))
                    .as("the killed process holds no lock")
                    .isTrue();
        }
    }

    private static void assertWhole(StateStore store, int size) throws IOException {
        byte[] content = store.read("prod/object").orElseThrow().bytes();
        assertThat(content).hasSize(size);
        byte[] whole = new byte[size];
        Arrays.fill(whole, content[0]);
        assertThat(Arrays.equals(content, whole))
                .as("the content is of one piece")
                .isTrue();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
