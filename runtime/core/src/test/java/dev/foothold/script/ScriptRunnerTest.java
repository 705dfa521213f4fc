package dev.foothold.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.config.Secret;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshOutput.Stream;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.time.Timeline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done when, on virtual time and with a machine that does as it is told. */
class ScriptRunnerTest {

    private static final MachineAddress ADDRESS = new MachineAddress("192.0.2.7", AddressScope.PUBLIC, 22);
    private static final Script SCRIPT = Script.of("op-step", "echo hello").within(Duration.ofMinutes(20));

    private final Timeline timeline = Timeline.virtual(1);
    private final Deque<Act> acts = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Instant> connects = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final List<String> told = new ArrayList<>();
    private SshOptions options = SshOptions.defaults();
    private Connect connect = () -> {};

    /** What the machine does when it is asked. */
    private interface Act {
        SshResult perform(SshOutput output, Duration timeout) throws InterruptedException;
    }

    private interface Connect {
        void attempt();
    }

    // ---- Connections

    @Test
    void theOutputGoesOnAtTheByteWhereItWasLeft() throws Exception {
        says("run 1", "one\ntw", CUT);
        says("run 1", "o\n", "end 0 8 999999");

        assertThat(run().succeeded()).isTrue();
        assertThat(heard).hasToString("one\ntwo\n");
        assertThat(asked).containsExactly("FOLLOW 0 10", "FOLLOW 6 -1");
        assertThat(told).containsExactly("lost", "reattached 6");
    }

    @Test
    void aScriptThatMayNotHaveStartedIsSentAgain() throws Exception {
        says(CUT);
        says("run 1", "", "end 0 0 999999");

        run();

        assertThat(asked).containsExactly("FOLLOW 0 10", "FOLLOW 0 10");
    }

    @Test
    void outputThatIsMissingAtTheEndIsAskedFor() throws Exception {
        says("run 1", "one\n", "end 3 8 999999");
        says("run 1", "two\n", "end 3 8 999999");

        assertThat(run().exitStatus()).isEqualTo(3);
        assertThat(heard).hasToString("one\ntwo\n");
        assertThat(asked).containsExactly("FOLLOW 0 10", "FOLLOW 4 -1");
    }

    @Test
    void aMachineThatIsAwayIsCalledLessAndLessOftenUntilItIsBack() throws Exception {
        says("run 1", "one\n", CUT);
        says("run 1", "", "end 0 4 999999");
        Instant back = timeline.now().plusSeconds(60);
        connect = () -> {
            if (timeline.now().isBefore(back)) {
                throw failure(SshFailure.REFUSED);
            }
        };

        assertThat(run().succeeded()).isTrue();
        assertThat(connects).hasSizeBetween(30, 40);
        assertThat(Duration.between(back, timeline.now())).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, 300",
        "TIMED_OUT, 300",
        "THROTTLED, 300",
        "BANNER, 300",
        "AUTHENTICATION, 60",
        "HOST_KEY_MISMATCH, 0"
    })
    void howLongAMachineIsCalledDependsOnWhatItAnswers(SshFailure answer, int seconds) {
        says("run 1", "one\n", CUT);
        connect = () -> {
            throw failure(answer);
        };
        Instant start = timeline.now();

        SshException thrown = catchThrowableOfType(SshException.class, this::run);

        assertThat(thrown.failure()).isEqualTo(answer);
        assertThat(thrown.getSuppressed()).as("why it was called again").hasSize(1);
        assertThat(Duration.between(start, timeline.now()))
                .isBetween(Duration.ofSeconds(Math.max(0, seconds - 3)), Duration.ofSeconds(seconds));
        assertThat(asked).as("it is out of reach, so it is not told to stop").containsExactly("FOLLOW 0 10");
    }

    @Test
    void aScriptThatSaysNothingForLongIsNotGivenUpWhenTheConnectionBreaks() throws Exception {
        acts.add((output, timeout) -> {
            say(output, "run 1");
            timeline.sleep(Duration.ofMinutes(15));
            throw failure(SshFailure.CONNECTION_LOST);
        });
        says("run 1", "", "end 0 0 999999");

        assertThat(run().succeeded()).isTrue();
    }

    @Test
    void aMachineThatBreaksOffEachTimeIsNotAskedAllTheTime() {
        for (int i = 0; i < 1000; i++) {
            says(CUT);
        }
        Instant start = timeline.now();

        assertThatThrownBy(this::run).isInstanceOf(SshException.class);

        assertThat(Duration.between(start, timeline.now())).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(305));
        assertThat(asked).hasSizeLessThan(200);
    }

    // ---- Time

    @Test
    void aScriptThatIsNotOverInTimeIsStopped() throws Exception {
        acts.add((output, timeout) -> {
            say(output, "run 1");
            timeline.sleep(timeout);
            throw failure(SshFailure.TIMED_OUT);
        });
        says("stopped");

        ScriptEnd end = run();

        assertThat(end.describe()).isEqualTo("its time being over; it was ended on the machine");
        assertThat(asked).containsExactly("FOLLOW 0 10", "STOP");
    }

    @Test
    void aScriptThatCannotBeStoppedIsSaidToRunStill() throws Exception {
        acts.add((output, timeout) -> {
            timeline.sleep(timeout);
            throw failure(SshFailure.TIMED_OUT);
        });
        says(CUT);
        connect = () -> {
            throw failure(SshFailure.REFUSED);
        };
        Instant start = timeline.now();

        assertThat(run().describe()).contains("it may still run on the machine, as it could not be ended");
        assertThat(Duration.between(start, timeline.now())).isLessThanOrEqualTo(Duration.ofSeconds(20 * 60 + 8));
    }

    @Test
    void anOutputThatFailsStopsTheScript() {
        says("run 1", "one\n");
        says("stopped");
        IllegalStateException full = new IllegalStateException("full");

        assertThatThrownBy(() -> new ScriptRunner(timeline, "/data")
                        .run(
                                machine(),
                                SCRIPT,
                                (stream, bytes, length) -> {
                                    throw full;
                                },
                                ScriptListener.none()))
                .isSameAs(full);
        assertThat(asked).containsExactly("FOLLOW 0 10", "STOP");
    }

    // ---- Noise and refusals

    @Test
    void whatStartUpFilesWriteIsNoOutput() throws Exception {
        acts.add((output, timeout) -> {
            out(output, "Welcome!\n#foothold\nno line end");
            err(output, "bash: setlocale: warning\nagain#foothold run 1\n");
            for (char each : "#foothold output\nreal\n".toCharArray()) {
                out(output, String.valueOf(each));
            }
            say(output, "end 0 5 999999");
            return new SshResult(0, "");
        });

        assertThat(run().succeeded()).isTrue();
        assertThat(heard).hasToString("real\n");
    }

    @ParameterizedTest
    @CsvSource({
        "sudo: a password is required, SshOptions.withSudoPassword",
        "'sudo: sorry, you must have a tty to run sudo', requiretty",
        "'Sorry, try again.', sudo does not accept the password",
        "ubuntu is not in the sudoers file., may not become root",
        "/bin/sh: 1: exec: sudo: not found, there is no sudo",
        "This account is currently not available., This account is currently not available.",
    })
    void whyTheLoginUserDoesNotBecomeRootIsSaidWithWhatToDo(String words, String advice) {
        acts.add((output, timeout) -> {
            err(output, words + "\n");
            return new SshResult(1, "");
        });

        assertThatThrownBy(this::run)
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("192.0.2.7:22")
                .hasMessageContaining("op-step")
                .hasMessageContaining(advice)
                .hasMessageContaining(words);
    }

    @Test
    void whatTheMachineRefusesIsSaidInItsWords() {
        says("failed /data/run/op-step cannot be made: Read-only file system");

        assertThatThrownBy(this::run)
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("/data/run/op-step cannot be made: Read-only file system");
    }

    @Test
    void thePasswordIsNeverOnACommandLine() throws Exception {
        options = options.withSudoPassword(Secret.of("pa55word"));
        says("run 1", "", "end 0 0 999999");

        run();

        assertThat(options.toString()).doesNotContain("pa55word");
        assertThat(asked).containsExactly("FOLLOW 0 10 password on standard input");
    }

    // ---- Bad input

    @ParameterizedTest
    @ValueSource(strings = {"", "../up", "a b", "-x", ".hidden", "a\nb"})
    void anIdThatIsNoneIsRefused(String id) {
        assertThatThrownBy(() -> Script.of(id, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the id of a script must be");
    }

    @Test
    void aFileThatIsThereTwiceIsRefused() {
        Script script = SCRIPT.withFile("a", java.io.InputStream::nullInputStream);

        assertThatThrownBy(() -> script.withFile("a", java.io.InputStream::nullInputStream))
                .hasMessage("the script has a file \"a\" already");
        assertThat(script.toString()).doesNotContain("echo hello");
    }

    // ---- The machine

    private static final String CUT = "cut";

    /** Has the machine say, one after the other: a record first, then output and records in turn. */
    private void says(String... words) {
        acts.add((output, timeout) -> {
            for (int i = 0; i < words.length; i++) {
                if (words[i].equals(CUT)) {
                    throw failure(SshFailure.CONNECTION_LOST);
                }
                if (i == 1) {
                    out(output, "#foothold output\n" + words[i]);
                } else {
                    say(output, words[i]);
                }
            }
            return new SshResult(0, "");
        });
    }

    private static void say(SshOutput output, String record) {
        err(output, "#foothold " + record + "\n");
    }

    private static void out(SshOutput output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.accept(Stream.OUT, bytes, bytes.length);
    }

    private static void err(SshOutput output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.accept(Stream.ERR, bytes, bytes.length);
    }

    private static SshException failure(SshFailure failure) {
        return new SshException(failure, ADDRESS, "as the test wants it", null);
    }

    private ScriptEnd run() throws InterruptedException {
        return new ScriptRunner(timeline, "/data")
                .run(machine(), SCRIPT, (stream, bytes, length) -> heard.write(bytes, 0, length), new ScriptListener() {
                    @Override
                    public void lost(SshException failure) {
                        told.add("lost");
                    }

                    @Override
                    public void reattached(long offset) {
                        told.add("reattached " + offset);
                    }
                });
    }

    private SteadySession machine() {
        return new SteadySession(
                new ObedientSession(),
                (address, how) -> {
                    connects.add(timeline.now());
                    connect.attempt();
                    return new ObedientSession();
                },
                address -> options,
                timeline,
                Duration.ofMinutes(5));
    }

    private final class ObedientSession implements SshSession {

        @Override
        public MachineAddress address() {
            return ADDRESS;
        }

        @Override
        public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
            List<String> input =
                    new String(command.input(), StandardCharsets.UTF_8).lines().toList();
            int program = input.get(0).startsWith("#foothold:") ? 0 : 1;
            List<String> lines = input.subList(program + 1, input.size());
            assertThat(lines.subList(0, 2)).isEqualTo(Arrays.asList("/data", "op-step"));
            assertThat(command.line()).doesNotContain("pa55word").doesNotContain("\n");
            String what = lines.size() == 2 ? "STOP" : "FOLLOW " + lines.get(2) + " " + lines.get(3);
            asked.add(what + (program == 0 ? "" : " password on standard input"));
            return acts.remove().perform(output, timeout);
        }

        @Override
        public void close() {}
    }
}
