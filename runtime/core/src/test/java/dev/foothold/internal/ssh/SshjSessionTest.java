package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.TestSshServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SshjSessionTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    private TestSshServer server;
    private SshSession session;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        server = TestSshServer.start(change -> {
            // Closing must not depend on what the other side does; so the server takes its time.
            CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(change, LONG);
        });
        session = new SshjConnector().connect(server.address(), server.options());
    }

    @AfterEach
    void closeAndLeaveNoThread() throws IOException, InterruptedException {
        session.close();
        // Callers whose command was cut off by that need a moment to notice.
        Await.until("the client's threads end", () -> Await.clientThreads() == 0);
        server.close();
    }

    // ---- How commands end

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 127, 255})
    void exitStatus_isTheResult(int status) throws InterruptedException {
        SshResult result = run("exit " + status);

        assertThat(result).isEqualTo(new SshResult(status, ""));
        assertThat(result.succeeded()).isEqualTo(status == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "made-up@example.com"})
    void signal_isTheResult(String signal) throws InterruptedException {
        SshResult result = run("signal " + signal);

        assertThat(result).isEqualTo(new SshResult(-1, signal));
        assertThat(result.describe()).isEqualTo("killed by signal " + signal);
    }

    @Test
    void endWithoutStatus_isALostConnection() {
        assertThat(failure("vanish", LONG, SshFailure.CONNECTION_LOST)).hasMessageContaining("gave no exit status");
    }

    @Test
    void commandThatTheServerWillNotRun_isToldApartFromABrokenConnection() throws InterruptedException {
        assertThat(failure("refuse", LONG, SshFailure.CONNECTION_LOST))
                .hasMessageContaining("would not run the command");
        assertThat(run("exit 0").succeeded()).isTrue();
    }

    @Test
    void oneCommandTooMany_isToldApartFromABrokenConnection() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<SshResult> running = pool.submit(() -> run("hang"));
            Await.until("the command runs", () -> server.runningCommands() == 1);
            server.refuseMoreChannels();

            assertThat(failure("exit 0", LONG, SshFailure.CONNECTION_LOST))
                    .hasMessageContaining("would not run the command, perhaps because too many run");
            assertThat(running.isDone()).isFalse();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void outputThatEndsEarly_doesNotHideTheStatus() throws InterruptedException {
        assertThat(run("eof").exitStatus()).isEqualTo(7);
    }

    // ---- Input and output

    @Test
    void output_comesWithItsStreamOnTheCallingThread() throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        Thread caller = Thread.currentThread();
        SshResult result = session.run(
                SshCommand.of("say hello oops"),
                (stream, bytes, length) -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    seen.append(stream).append(':').append(new String(bytes, 0, length, StandardCharsets.UTF_8));
                },
                LONG);

        assertThat(result.succeeded()).isTrue();
        assertThat(seen).hasToString("OUT:helloERR:oops");
    }

    @Test
    void input_isReadToItsEnd() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session.run(
                SshCommand.of("cat").reading("naïve\n"), (stream, bytes, length) -> out.write(bytes, 0, length), LONG);

        assertThat(out).hasToString("naïve\n");
    }

    @Test
    void tenMegabytes_flowBothWaysAtTheSameTime() throws InterruptedException {
        String input = "0123456789abcdef".repeat(TEN_MEGABYTES / 16);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SshResult result = session.run(
                SshCommand.of("cat").reading(input), (stream, bytes, length) -> out.write(bytes, 0, length), LONG);

        assertThat(result.succeeded()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8).equals(input)).isTrue();
    }

    @Test
    void outputBeforeTheInputIsRead_doesNotBlock() throws InterruptedException {
        long[] counts = new long[2];
        SshResult result = session.run(
                SshCommand.of("flood " + TEN_MEGABYTES).reading("x".repeat(TEN_MEGABYTES)),
                (stream, bytes, length) -> counts[stream.ordinal()] += length,
                LONG);

        assertThat(result.succeeded()).isTrue();
        assertThat(counts[0]).isEqualTo(TEN_MEGABYTES + (" read " + TEN_MEGABYTES).length());
        assertThat(counts[1]).isEqualTo(TEN_MEGABYTES);
    }

    @Test
    void inputThatIsNeverRead_doesNotHideTheStatus() throws InterruptedException {
        SshResult result =
                session.run(SshCommand.of("exit 3").reading("x".repeat(TEN_MEGABYTES)), SshOutput.discard(), LONG);

        assertThat(result.exitStatus()).isEqualTo(3);
        assertThat(run("exit 0").succeeded()).isTrue();
    }

    @Test
    void failingOutput_endsTheRunAndReachesTheCaller() throws InterruptedException {
        IllegalStateException full = new IllegalStateException("disk full");

        assertThatThrownBy(() -> session.run(
                        SshCommand.of("flood " + TEN_MEGABYTES),
                        (stream, bytes, length) -> {
                            throw full;
                        },
                        LONG))
                .isSameAs(full);
        assertThat(run("exit 0").succeeded()).isTrue();
    }

    @Test
    void severalCommands_runAtTheSameTime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> jobs = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String text = ("job " + i + " ").repeat(40_000);
                jobs.add(() -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    session.run(
                            SshCommand.of("cat").reading(text),
                            (stream, bytes, length) -> out.write(bytes, 0, length),
                            LONG);
                    return out.toString(StandardCharsets.UTF_8).equals(text) ? "same" : "different";
                });
            }
            for (Future<String> job : pool.invokeAll(jobs)) {
                assertThat(job.get()).isEqualTo("same");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    // ---- Giving up

    @Test
    void timeout_closesTheChannelAndKeepsTheSession() throws InterruptedException {
        SshException failure = failure("hang --password=secret", SHORT, SshFailure.TIMED_OUT);

        assertThat(failure)
                .hasMessageContaining("did not end within 300 ms")
                .hasMessageContaining(server.address() + "");
        assertThat(failure).message().doesNotContain("secret");
        Await.until("the server ends the command", () -> server.runningCommands() == 0);
        assertThat(run("exit 0").succeeded()).isTrue();
    }

    @Test
    void timeout_endsACommandThatNeverStopsTalking() throws InterruptedException {
        SshException failure = failure("flood 2000000000", SHORT, SshFailure.TIMED_OUT);

        assertThat(failure).hasMessageContaining("300 ms");
        assertThat(run("exit 0").succeeded()).isTrue();
    }

    @Test
    void timeout_endsACommandThatDoesNotReadItsInput() {
        SshException failure = catchThrowableOfType(
                SshException.class,
                () -> session.run(
                        SshCommand.of("hang").reading("x".repeat(TEN_MEGABYTES)), SshOutput.discard(), SHORT));

        assertThat(failure.failure()).isEqualTo(SshFailure.TIMED_OUT);
    }

    @Test
    void interrupt_closesTheChannelAndKeepsTheSession() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                new Thread(() -> thrown.set(catchThrowableOfType(Throwable.class, () -> run("hang"))), "test-caller");
        caller.start();
        Await.until("the command runs", () -> server.runningCommands() == 1);
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        Await.until("the server ends the command", () -> server.runningCommands() == 0);
        assertThat(run("exit 0").succeeded()).isTrue();
    }

    @Test
    void interruptBeforehand_runsNothing() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run("exit 0")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void givingUpOften_leavesNoChannelOpen() throws Exception {
        for (int i = 0; i < 60; i++) {
            failure("hang", Duration.ofMillis(i % 6), SshFailure.TIMED_OUT);
        }
        Await.until("the server closes every channel", () -> server.openChannels() == 0);
    }

    // ---- Losing the connection

    @Test
    void lostConnection_endsTheCommand() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<SshResult> running = pool.submit(() -> run("hang"));
            Await.until("the command runs", () -> server.runningCommands() == 1);
            server.cutConnections();

            assertThatThrownBy(running::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SshException.class,
                            failure -> assertThat(failure.failure()).isEqualTo(SshFailure.CONNECTION_LOST));
        } finally {
            pool.shutdownNow();
        }
        failure("exit 0", LONG, SshFailure.CONNECTION_LOST);
    }

    @Test
    void close_endsTheCommand() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<SshResult> running = pool.submit(() -> run("hang"));
            Await.until("the command runs", () -> server.runningCommands() == 1);
            session.close();

            assertThatThrownBy(running::get).isInstanceOf(ExecutionException.class);
        } finally {
            pool.shutdownNow();
        }
        Await.until("the server sees the end", () -> server.connections() == 0);
    }

    @Test
    void closedSession_runsNothing() {
        session.close();
        session.close();

        assertThat(failure("exit 0", LONG, SshFailure.CONNECTION_LOST)).hasMessageContaining("is closed");
        assertThat(Await.clientThreads()).isZero();
    }

    private SshResult run(String line) throws InterruptedException {
        return session.run(SshCommand.of(line), SshOutput.discard(), LONG);
    }

    private SshException failure(String line, Duration timeout, SshFailure expected) {
        SshException failure = catchThrowableOfType(
                SshException.class, () -> session.run(SshCommand.of(line), SshOutput.discard(), timeout));
        assertThat(failure).as("the command must fail").isNotNull();
        assertThat(failure.failure()).as(failure.toString()).isEqualTo(expected);
        return failure;
    }
}
