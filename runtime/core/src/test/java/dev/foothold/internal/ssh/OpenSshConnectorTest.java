package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.OpenSshServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connecting to the SSH server that most machines run. */
@Timeout(120)
class OpenSshConnectorTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final SshjConnector connector = new SshjConnector();

    @AfterEach
    void noThreadOfTheClientIsLeft() throws InterruptedException {
        Await.until("the client's threads end", () -> Await.clientThreads() == 0);
    }

    @Test
    void commandsRunAndSayWhatTheySay() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory);
                SshSession session =
                        connector.connect(server.address(), server.options(), Knocking.defaults(), reason -> {})) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            SshResult result = session.run(
                    SshCommand.of("/bin/sh -s").reading("echo here; exit 3"),
                    (stream, bytes, length) -> said.write(bytes, 0, length),
                    LONG);

            assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("here\n");
            assertThat(result).isEqualTo(new SshResult(3, ""));
        }
    }

    @Test
    void aServerThatAllowsThreeLoginsAtATimeServesFortyWithoutAFailure() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory, "MaxStartups 3", "LogLevel VERBOSE")) {
            SshOptions options = server.options();
            List<FutureTask<SshResult>> all = IntStream.range(0, 40)
                    .mapToObj(i -> new FutureTask<>(() -> {
                        try (SshSession session = connector.connect(server.address(), options)) {
                            return session.run(SshCommand.of("true"), SshOutput.discard(), LONG);
                        }
                    }))
                    .toList();
            all.forEach(task -> new Thread(task, "login").start());
            for (FutureTask<SshResult> one : all) {
                assertThat(one.get().succeeded()).isTrue();
            }
            assertThat(server.log())
                    .doesNotContainIgnoringCase("drop connection")
                    .doesNotContain("MaxStartups");
        }
    }

    @Test
    void whomTheServerDoesNotKnowIsNotLetIn() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory)) {
            SshException failure = catchThrowableOfType(
                    SshException.class,
                    () -> connector.connect(
                            server.address(), server.options().withIdentity(SshKeyPair.generate("stranger"))));

            assertThat(failure.failure()).isEqualTo(SshFailure.AUTHENTICATION);
        }
    }

    @Test
    void anotherHostKeyIsAMismatch() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory)) {
            SshException failure = catchThrowableOfType(
                    SshException.class,
                    () -> connector.connect(
                            server.address(),
                            server.options()
                                    .trusting(
                                            List.of(SshKeyPair.generate("other").publicKey()))));

            assertThat(failure.failure()).isEqualTo(SshFailure.HOST_KEY_MISMATCH);
        }
    }

    @Test
    void aServerThatIsStoppedInMidAirTimesOut() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory, "LoginGraceTime 1", "LogLevel DEBUG3");
                RawServer deaf =
                        new RawServer(client -> client.getInputStream().transferTo(client.getOutputStream()))) {
            // An echo: what comes back is our own identification, and our own proposal.
            SshException failure = catchThrowableOfType(
                    SshException.class,
                    () -> connector.connect(
                            deaf.address(), server.options().withTimeouts(LONG, Duration.ofSeconds(1))));

            assertThat(failure.failure()).isEqualTo(SshFailure.KEY_EXCHANGE);
        }
    }

    @Test
    @Tag("D-16")
    void aScriptThatRunsCanBeCalledOff() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory);
                SshSession session = connector.connect(server.address(), server.options())) {
            Path mark = directory.resolve("it runs");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> thrown.set(catchThrowableOfType(
                    Throwable.class,
                    () -> session.run(
                            SshCommand.of("/bin/sh -s").reading("touch '" + mark + "'; exec sleep 1000"),
                            SshOutput.discard(),
                            LONG))));
            caller.start();
            Await.until("the script runs", () -> Files.exists(mark));
            long interrupted = System.nanoTime();
            caller.interrupt();
            caller.join();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - interrupted)).isLessThan(Duration.ofSeconds(10));
            assertThat(session.run(SshCommand.of("true"), SshOutput.discard(), LONG)
                            .succeeded())
                    .as("the connection is still good")
                    .isTrue();
        }
    }
}
