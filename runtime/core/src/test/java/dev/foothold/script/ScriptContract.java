package dev.foothold.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.CuttingProxy;
import dev.foothold.time.Timeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts do on a machine with a real shell. */
@Timeout(180)
abstract class ScriptContract {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SshjConnector connector = new SshjConnector();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final String id = UUID.randomUUID().toString();
    /** How long scripts sleep that never end; different each time, so that their processes are known by it. */
    private final String nap = Integer.toString(RandomGenerator.getDefault().nextInt(100_000_000, 1_000_000_000));

    private CuttingProxy proxy;

    abstract MachineAddress address();

    abstract SshOptions options();

    abstract String dataDirectory();

    /** How many connections are cut. */
    abstract int cuts();

    @BeforeEach
    void open() throws Exception {
        proxy = new CuttingProxy(address());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        proxy.close();
    }

    // ---- Ends

    @ParameterizedTest
    @CsvSource({
        "exit 0, exit status 0",
        "exit 7, exit status 7",
        "kill -KILL $$, 'exit status 137, as after signal KILL'"
    })
    void theStatusIsToldHoweverTheScriptEnds(String text, String description) throws Exception {
        Heard heard = new Heard();

        ScriptEnd end = run(script("echo before; echo aside >&2; " + text), heard);

        assertThat(end.describe()).isEqualTo(description);
        // A shell tells what has killed its child, as ever.
        assertThat(heard.text().replace("Killed\n", "")).isEqualTo("before\naside\n");
        assertThat(end.outputLength()).isEqualTo(heard.text().length());
    }

    @Test
    void standardInputIsEmptyAndTheSurroundingsArePlain() throws Exception {
        Heard heard = new Heard();

        run(
                script(
                        "cat; echo \"$FOOTHOLD_RUN ${FOOTHOLD_FILES-none} $(umask)\"; shopt -q login_shell || echo plain"),
                heard);

        assertThat(heard.text()).matches("1 none 0022\nplain\n");
    }

    @Test
    void aScriptThatClosesItsOutputIsWaitedForAllTheSame() throws Exception {
        Heard heard = new Heard();

        ScriptEnd end = run(script("echo last; exec > /dev/null 2>&1; sleep 0.5; exit 3"), heard);

        assertThat(end.exitStatus()).isEqualTo(3);
        assertThat(heard.text()).isEqualTo("last\n");
    }

    @Test
    void whatAScriptLeavesRunningDoesNotKeepItFromEnding() throws Exception {
        ScriptEnd end = run(script("sleep 60 & echo started"), new Heard());

        assertThat(end.succeeded()).isTrue();
    }

    @Test
    void aScriptThatEndsAllItsProcessesDoesNotEndTheOneThatWatchesOverIt() throws Exception {
        ScriptEnd end = run(script("trap 'trap - TERM; kill 0' EXIT; sleep 60 & echo done"), new Heard());

        assertThat(end.describe()).isEqualTo("exit status 143, as after signal TERM");
    }

    @Test
    void outputComesWhileTheScriptRuns() throws Exception {
        String go = dataDirectory() + "/go-" + id;
        CountDownLatch first = new CountDownLatch(1);
        Future<ScriptEnd> running = fork(() -> run(
                script("echo first; until [ -e " + go + " ]; do sleep 0.02; done; echo second"),
                (stream, bytes, length) -> first.countDown()));

        assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
        command("touch " + go);
        assertThat(running.get().succeeded()).isTrue();
    }

    @Test
    void muchOutputPassesThroughWithoutBeingKept() throws Exception {
        long[] count = {0};

        ScriptEnd end = run(
                script("head -c 20000000 /dev/zero | tr '\\0' x; echo"), (stream, bytes, length) -> count[0] += length);

        assertThat(end.succeeded()).isTrue();
        assertThat(count[0]).isEqualTo(20_000_001);
    }

    // ---- Giving up

    @Test
    void aScriptThatNeverEndsIsEndedOnTheMachineWhenItsTimeIsOver() throws Exception {
        Heard heard = new Heard();

        ScriptEnd end = run(
                Script.of(
                                id,
                                "trap 'echo asked to end' TERM; echo busy; sleep NAP & sleep NAP; echo goes on; sleep NAP"
                                        .replace("NAP", nap))
                        .within(Duration.ofSeconds(5)),
                heard);

        assertThat(end.kind()).isEqualTo(ScriptEnd.Kind.TIMED_OUT);
        assertThat(end.describe()).isEqualTo("its time being over; it was ended on the machine");
        assertThat(heard.text()).isEqualTo("busy\n");
        awaitNoProcess();
        Heard later = new Heard();
        assertThat(runner().attach(machine(), id, 0, LONG, later, ScriptListener.none())
                        .describe())
                .isEqualTo("exit status 137, as after signal KILL");
        assertThat(later.text()).startsWith("busy\n").contains("asked to end\ngoes on\n");
    }

    @Test
    @Tag("D-16")
    void anInterruptEndsTheScriptToo() throws Exception {
        assertThat(interrupted(script("echo on; exec sleep " + nap))).isInstanceOf(InterruptedException.class);

        awaitNoProcess();
    }

    @Test
    void aScriptThatIsLeftRunningIsFoundAgain() throws Exception {
        String go = dataDirectory() + "/go-" + id;
        Script script = script("echo on; until [ -e " + go + " ]; do sleep 0.02; done; echo off");
        assertThat(interrupted(script.leftRunning())).isInstanceOf(InterruptedException.class);
        assertThat(processes()).isNotEmpty();

        Heard heard = new Heard();
        Future<ScriptEnd> again = fork(() -> run(script, heard));
        command("touch " + go);

        assertThat(again.get().succeeded()).isTrue();
        assertThat(heard.text()).isEqualTo("on\noff\n");
    }

    @Test
    void aScriptThatWasStoppedBeforeItBeganNeverBegins() throws Exception {
        runner().stop(machine(), id);

        Heard heard = new Heard();
        assertThat(run(script("echo never"), heard).exitStatus()).isEqualTo(143);
        assertThat(heard.text()).isEmpty();
    }

    // ---- Once

    @Test
    void theSameScriptIsNotRunTwice() throws Exception {
        Script script = script("echo $RANDOM$RANDOM; exit 5");
        Heard first = new Heard();
        Heard second = new Heard();

        assertThat(run(script, first).exitStatus()).isEqualTo(5);
        assertThat(run(script, second).exitStatus()).isEqualTo(5);
        assertThat(second.text()).isEqualTo(first.text());
        Heard rest = new Heard();
        assertThat(runner().attach(machine(), id, 3, LONG, rest, ScriptListener.none())
                        .exitStatus())
                .isEqualTo(5);
        assertThat(rest.text()).isEqualTo(first.text().substring(3));
    }

    @Test
    void anotherScriptUnderTheSameIdIsRefused() throws Exception {
        run(script("echo one"), new Heard());

        assertThatThrownBy(() -> run(script("echo two"), new Heard()))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(proxy.address().hostAndPort())
                .hasMessageContaining(id)
                .hasMessageContaining("another script has been run under this id");
    }

    @Test
    void nothingToAttachToIsSaid() {
        assertThatThrownBy(() -> runner().attach(machine(), id, 0, LONG, SshOutput.discard(), ScriptListener.none()))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("nothing has been started under this id");
    }

    @Test
    void ofManyClientsThatStartTheSameScriptAtOnceOneDoes() throws Exception {
        Script script = script(
                "echo run >> $FOOTHOLD_COUNT; echo $RANDOM$RANDOM; sleep 0.3".replace("$FOOTHOLD_COUNT", count()));
        List<Heard> all = new ArrayList<>();
        List<Future<ScriptEnd>> running = new ArrayList<>();
        for (int client = 0; client < 6; client++) {
            Heard heard = new Heard();
            all.add(heard);
            running.add(fork(() -> run(script, heard)));
        }
        for (Future<ScriptEnd> each : running) {
            assertThat(each.get().succeeded()).isTrue();
        }

        assertThat(all).extracting(Heard::text).containsOnly(all.get(0).text());
        assertThat(command("cat " + count())).isEqualTo("run\n");
    }

    // ---- Lost connections

    @Test
    void aConnectionThatIsCutAtAnyMomentLosesNothingAndRunsNothingTwice() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20260901);
        ExecutorService clients = Executors.newFixedThreadPool(8);
        opened.add(clients::shutdownNow);
        String expected = IntStream.range(0, LINES)
                .mapToObj(line -> "line " + line + "\n")
                .collect(Collectors.joining());
        List<Future<String>> cut = new ArrayList<>();
        for (int i = 0; i < cuts(); i++) {
            String name = id + "-" + i;
            long moment = random.nextLong(600);
            boolean byBytes = i % 3 == 0;
            // While the machine is told what to do, or while it answers.
            long bytes = 200 + random.nextLong(4000);
            cut.add(clients.submit(() -> outcome(name, byBytes ? bytes : -1, moment)));
        }
        for (Future<String> each : cut) {
            assertThat(each.get()).isEqualTo("exit status 0\n" + expected);
        }
        assertThat(command("cat " + dataDirectory() + "/count-" + id + "-*").lines())
                .as("each has run once")
                .hasSize(cuts());
    }

    /** Runs a script over a connection that is cut; says how that went. */
    private String outcome(String name, long bytes, long moment) throws Exception {
        Script script = Script.of(name, "echo run >> " + dataDirectory() + "/count-" + name + "; " + slowly(LINES))
                .within(LONG);
        try (CuttingProxy way = new CuttingProxy(address())) {
            Heard heard = new Heard();
            ScriptEnd end;
            try (SteadySession machine = steady(way.address())) {
                if (bytes >= 0) {
                    way.cutAfter(bytes);
                } else {
                    fork(() -> {
                        Thread.sleep(moment);
                        way.cut();
                        return true;
                    });
                }
                end = runner().run(machine, script, heard, ScriptListener.none());
            }
            return end.describe() + "\n" + heard.text();
        }
    }

    @Test
    void whatHappensToTheConnectionIsTold() throws Exception {
        List<String> told = new ArrayList<>();
        ScriptListener listener = new ScriptListener() {
            @Override
            public void lost(SshException failure) {
                told.add("lost: " + failure.failure());
            }

            @Override
            public void reattached(long offset) {
                told.add("reattached at " + offset);
            }
        };

        ScriptEnd end = runner().run(
                        machine(),
                        script("echo one; sleep 0.5; echo two"),
                        (stream, bytes, length) -> {
                            if (bytes[0] == 'o') {
                                proxy.cut();
                            }
                        },
                        listener);

        assertThat(end.succeeded()).isTrue();
        assertThat(told).containsExactly("lost: CONNECTION_LOST", "reattached at 4");
    }

    @Test
    void aMachineThatStaysAwayIsGivenUpAfterTheOutageThatIsAllowed() throws Exception {
        SteadySession machine = steady(proxy.address(), Duration.ofMillis(700));

        assertThatThrownBy(() -> runner().run(
                                machine,
                                script("echo one; sleep 1"),
                                (stream, bytes, length) -> proxy.refuse(true),
                                ScriptListener.none()))
                .isInstanceOf(SshException.class)
                .hasMessageContaining("the connection broke, and the machine was not reached again in time")
                .hasMessageContaining(proxy.address().hostAndPort());
    }

    // ---- Files

    @Test
    void filesAreThereWhenTheScriptBeginsAndGoWhenItEnds() throws Exception {
        byte[] large = new byte[3_000_000];
        RandomGenerator.getDefault().nextBytes(large);
        Heard heard = new Heard();

        ScriptEnd end = run(
                script("cd \"$FOOTHOLD_FILES\" && wc -c < large && stat -c %a . large && pwd")
                        .withFile("large", () -> new ByteArrayInputStream(large)),
                heard);

        assertThat(end.succeeded()).isTrue();
        assertThat(heard.text()).startsWith("3000000\n700\n600\n/");
        assertThat(command("ls -d " + heard.text().lines().toList().get(3) + " 2>&1; true"))
                .contains("No such file");
    }

    @Test
    void aConnectionThatIsCutWhileAFileIsUploadedIsNoFailure() throws Exception {
        byte[] large = new byte[8_000_000];
        Heard heard = new Heard();
        int[] opens = {0};
        SteadySession machine = machine();

        ScriptEnd end = runner().run(
                        machine,
                        script("wc -c < \"$FOOTHOLD_FILES/large\"").withFile("large", () -> {
                            if (opens[0]++ == 0) {
                                proxy.cutAfter(1000);
                            }
                            return new ByteArrayInputStream(large);
                        }),
                        heard,
                        ScriptListener.none());

        assertThat(end.succeeded()).isTrue();
        assertThat(heard.text()).isEqualTo("8000000\n");
        assertThat(opens[0]).isEqualTo(2);
    }

    // ---- What is left

    @Test
    @Tag("D-58")
    void theScriptItselfIsNowhereAfterItsEnd() throws Exception {
        run(script("echo done # pa55word"), new Heard());

        assertThat(command("grep -rl pa55word " + dataDirectory() + " || echo nowhere"))
                .isEqualTo("nowhere\n");
        assertThat(command("stat -c %a " + dataDirectory() + "/run/" + id)).isEqualTo("700\n");
    }

    @Test
    void aDiskThatIsFullIsNamed() throws Exception {
        String disk = dataDirectory() + "/disk-" + id;
        if (!command("mkdir -p " + disk + " && mount -t tmpfs -o size=300k tmpfs " + disk + " && echo mounted; true")
                .contains("mounted")) {
            return; // machines that are directories have no disks
        }
        try {
            ScriptRunner there = new ScriptRunner(Timeline.real(), disk);
            Heard heard = new Heard();
            ScriptEnd end = there.run(
                    machine(), script("echo on; head -c 1000000 /dev/zero; exit 4"), heard, ScriptListener.none());
            assertThat(end.exitStatus()).isEqualTo(4);
            assertThat(end.describe()).isEqualTo("exit status 4; the disk that holds " + disk + " is full");
            assertThat(heard.text()).startsWith("on\n");

            assertThatThrownBy(() -> there.run(
                            machine(),
                            Script.of(id + "-large", "#" + "x".repeat(500_000)).within(LONG),
                            heard,
                            ScriptListener.none()))
                    .isInstanceOf(ScriptException.class)
                    .hasMessageContaining("No space left on device");
        } finally {
            command("umount -l " + disk);
        }
    }

    // ---- Words of the tests

    /** How many lines a script writes whose connection is cut. */
    static final int LINES = 30;

    /** Makes a script of lines with pauses between them that cost nothing. */
    static String slowly(int lines) {
        return "exec {pause}<> <(:); for ((i = 0; i < " + lines
                + "; i++)); do echo \"line $i\"; read -rt 0.015 -u $pause; done; exit 0";
    }

    static final class Heard implements SshOutput {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void accept(Stream stream, byte[] piece, int length) {
            assertThat(stream).isEqualTo(Stream.OUT);
            bytes.write(piece, 0, length);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    final String id() {
        return id;
    }

    final ScriptRunner runner() {
        return new ScriptRunner(Timeline.real(), dataDirectory());
    }

    final Script script(String text) {
        return Script.of(id, text).within(LONG);
    }

    final ScriptEnd run(Script script, SshOutput output) throws InterruptedException {
        return runner().run(machine(), script, output, ScriptListener.none());
    }

    final SteadySession machine() throws InterruptedException {
        return steady(proxy.address());
    }

    final SteadySession steady(MachineAddress address) throws InterruptedException {
        return steady(address, Duration.ofSeconds(30));
    }

    final SteadySession steady(MachineAddress address, Duration outage) throws InterruptedException {
        SteadySession session = new SteadySession(
                connector.connect(address, options()), connector, any -> options(), Timeline.real(), outage);
        synchronized (opened) {
            opened.add(0, session);
        }
        return session;
    }

    final String command(String line) throws InterruptedException {
        try (SshSession session = connector.connect(address(), options())) {
            Heard heard = new Heard();
            session.run(SshCommand.of("exec 2>&1; " + line), heard, LONG);
            return heard.text();
        }
    }

    final <T> Future<T> fork(Callable<T> work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<T> future = thread.submit(work);
        thread.shutdown();
        return future;
    }

    private String count() {
        return dataDirectory() + "/count-" + id;
    }

    /** Lists what is left of the script's processes, and of those that follow it. */
    private String processes() throws InterruptedException {
        // The brackets keep the search from finding itself.
        return command("grep -lasE '[" + id.charAt(0) + "]" + id.substring(1) + "|[" + nap.charAt(0) + "]"
                + nap.substring(1) + "' /proc/[0-9]*/cmdline; true");
    }

    private void awaitNoProcess() throws InterruptedException {
        String left = processes();
        for (int look = 0; look < 50 && !left.isEmpty(); look++) {
            Thread.sleep(100);
            left = processes();
        }
        assertThat(left).isEmpty();
    }

    private Throwable interrupted(Script script) throws Exception {
        CountDownLatch on = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() ->
                thrown.set(catchThrowable(() -> run(script, (stream, bytes, length) -> on.countDown()))));
        caller.start();
        assertThat(on.await(60, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(60));
        return thrown.get();
    }
}
