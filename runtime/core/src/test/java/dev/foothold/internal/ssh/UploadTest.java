package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.SshUpload;
import dev.foothold.ssh.SshUploadException;
import dev.foothold.testing.OpenSshServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads to Debian's SSH server: over SFTP, and where that is not offered or does not work. */
@Timeout(120)
class UploadTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** What the server offers. */
    enum Offer {
        SFTP("Subsystem sftp internal-sftp"),
        NOTHING("Subsystem none /bin/false"),
        A_PROGRAM_THAT_IS_MISSING("Subsystem sftp /usr/lib/nobody/has/this");

        private final String line;

        Offer(String line) {
            this.line = line;
        }
    }

    private static final Map<Offer, OpenSshServer> SERVERS = new EnumMap<>(Offer.class);

    private final List<SshSession> sessions = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        for (Offer offer : Offer.values()) {
            SERVERS.put(offer, OpenSshServer.start(Files.createDirectory(directory.resolve(offer.name())), offer.line));
        }
    }

    @AfterAll
    static void end() {
        SERVERS.values().forEach(OpenSshServer::close);
    }

    @AfterEach
    void closeAndLeaveNoThread() throws Exception {
        sessions.forEach(SshSession::close);
        Await.until("the client's threads end", () -> Await.clientThreads() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aFileArrivesWholeWithItsModeAndReplacesWhatWasThere(Offer offer) throws Exception {
        Path home = SERVERS.get(offer).home();
        Files.writeString(home.resolve("a file"), "old");
        byte[] content = new byte[5_000_001];
        new Random(1).nextBytes(content);
        List<Long> progress = new ArrayList<>();

        session(offer)
                .upload(SshUpload.of(content, "/root/a file").withMode(0751).reporting(progress::add), LONG);

        assertThat(Files.readAllBytes(home.resolve("a file"))).isEqualTo(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("a file"))))
                .isEqualTo("rwxr-x--x");
        assertThat(progress).isSorted().endsWith(5_000_001L);
        assertThat(hidden(offer)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFileAndAFileFromHereAndARelativePathAreFine(Offer offer, @TempDir Path here) throws Exception {
        SshSession session = session(offer);
        Path home = SERVERS.get(offer).home();

        session.upload(SshUpload.of(new byte[0], "empty"), LONG);
        session.upload(SshUpload.of(Files.writeString(here.resolve("local"), "hello"), "./copy"), LONG);

        assertThat(home.resolve("empty")).isEmptyFile();
        assertThat(home.resolve("copy")).hasContent("hello");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("copy"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingDirectoryAndADirectoryInItsPlaceAreNamed(Offer offer) throws Exception {
        SshSession session = session(offer);
        Files.createDirectories(SERVERS.get(offer).home().resolve("directory"));

        assertThatThrownBy(() -> session.upload(SshUpload.of(new byte[3], "/root/none/file"), LONG))
                .isInstanceOf(SshUploadException.class)
                .hasMessageContaining(session.address().hostAndPort())
                .hasMessageContaining("/root/none/file was not uploaded")
                .hasMessageMatching("(?s).*(No such file|nonexistent|does not exist).*");
        assertThatThrownBy(() -> session.upload(SshUpload.of(new byte[3], "/root/directory"), LONG))
                .isInstanceOf(SshUploadException.class)
                .hasMessageContaining("/root/directory was not uploaded")
                .hasMessageContaining("directory");
        assertThat(hidden(offer)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatIsFullIsNamedAndWhatIsThereStays(Offer offer) throws Exception {
        SshSession session = session(offer);
        run(
                session,
                "mkdir -p disk; umount disk 2> /dev/null; mount -t tmpfs -o size=1m tmpfs disk && echo old > disk/f");

        SshUploadException failure = catchThrowableOfType(
                SshUploadException.class,
                () -> session.upload(SshUpload.of(new byte[3_000_000], "/root/disk/f"), LONG));

        assertThat(failure)
                .hasMessageContaining(session.address().hostAndPort())
                .hasMessageContaining("/root/disk/f was not uploaded")
                .hasMessageContaining("No space left on device");
        assertThat(failure.path()).isEqualTo("/root/disk/f");
        assertThat(run(session, "cat disk/f; ls -A disk; umount disk")).isEqualTo("old\nf\n");
    }

    @ParameterizedTest
    @EnumSource
    void contentThatCannotBeReadHereIsNamedAndLeavesNothing(Offer offer) throws Exception {
        SshSession session = session(offer);

        assertThatThrownBy(() -> session.upload(
                        SshUpload.of(
                                () -> new InputStream() {
                                    private int left = 100_000;

                                    @Override
                                    public int read() throws IOException {
                                        if (left-- > 0) {
                                            return 'x';
                                        }
                                        throw new IOException("the cable fell out");
                                    }
                                },
                                "/root/half"),
                        LONG))
                .isInstanceOf(SshUploadException.class)
                .hasMessageContaining("the content cannot be read: the cable fell out");
        assertThat(SERVERS.get(offer).home().resolve("half")).doesNotExist();
        assertThat(hidden(offer)).isEmpty();
        assertThat(run(session, "echo well")).isEqualTo("well\n");
    }

    @ParameterizedTest
    @EnumSource
    void anUploadThatTakesTooLongIsGivenUpAndLeavesNothing(Offer offer) throws Exception {
        SshSession session = session(offer);

        SshException failure = catchThrowableOfType(
                SshException.class,
                () -> session.upload(
                        SshUpload.of(() -> new Slow(Duration.ofSeconds(2)), "/root/slow"), Duration.ofMillis(400)));

        assertThat(failure.failure()).isEqualTo(SshFailure.TIMED_OUT);
        assertThat(failure).hasMessageContaining("/root/slow was not uploaded within");
        assertThat(hidden(offer)).isEmpty();
        assertThat(run(session, "echo well")).isEqualTo("well\n");
    }

    @ParameterizedTest
    @EnumSource(names = "SFTP")
    void anInterruptEndsAnUploadAtOnceAndLeavesNothing(Offer offer) throws Exception {
        SshSession session = session(offer);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> begun = new AtomicReference<>(false);
        Thread caller = new Thread(() -> thrown.set(catchThrowableOfType(
                Throwable.class,
                () -> session.upload(
                        SshUpload.of(
                                () -> {
                                    begun.set(true);
                                    return new Slow(Duration.ofSeconds(30));
                                },
                                "/root/slow"),
                        LONG))));
        caller.start();
        Await.until("the upload has begun", begun::get);
        long start = System.nanoTime();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(hidden(offer)).isEmpty();
        assertThat(run(session, "echo well")).isEqualTo("well\n");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatBreaksIsNoFaultOfTheFile(Offer offer) throws Exception {
        SshSession session = session(offer);
        SshUpload upload = SshUpload.of(
                () -> {
                    session.close();
                    return new ByteArrayInputStream(new byte[10]);
                },
                "/root/lost");

        SshException failure = catchThrowableOfType(SshException.class, () -> session.upload(upload, LONG));

        assertThat(failure.failure()).isEqualTo(SshFailure.CONNECTION_LOST);
    }

    /** Gives a byte now and then. */
    private static final class Slow extends InputStream {

        private final long end;

        Slow(Duration duration) {
            end = System.nanoTime() + duration.toNanos();
        }

        @Override
        public int read() throws IOException {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return System.nanoTime() > end ? -1 : 'x';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int next = read();
            if (next >= 0) {
                bytes[offset] = (byte) next;
            }
            return next < 0 ? -1 : 1;
        }
    }

    private SshSession session(Offer offer) throws Exception {
        OpenSshServer server = SERVERS.get(offer);
        assumeTrue(server != null);
        SshSession session = new SshjConnector().connect(server.address(), server.options());
        sessions.add(session);
        return session;
    }

    private static List<String> hidden(Offer offer) throws IOException {
        try (Stream<Path> files = Files.list(SERVERS.get(offer).home())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".foothold-"))
                    .toList();
        }
    }

    private static String run(SshSession session, String line) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session.run(SshCommand.of(line), (stream, bytes, length) -> out.write(bytes, 0, length), LONG);
        return out.toString(StandardCharsets.UTF_8);
    }
}
