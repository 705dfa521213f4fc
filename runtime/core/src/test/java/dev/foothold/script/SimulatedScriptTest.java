package dev.foothold.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshOptions;
import dev.foothold.testing.SimulatedMachine;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine of the simulator, which can also reboot. */
class SimulatedScriptTest extends ScriptContract {

    private static SimulatedMachine machine;

    @BeforeAll
    static void start() throws Exception {
        machine = new SimulatedMachine();
    }

    @AfterAll
    static void end() throws Exception {
        machine.close();
    }

    @Override
    MachineAddress address() {
        return machine.address();
    }

    @Override
    SshOptions options() {
        return machine.options();
    }

    @Override
    String dataDirectory() {
        return machine.dataDirectory();
    }

    @Override
    int cuts() {
        return Boolean.getBoolean("foothold.quick") ? 10 : 50;
    }

    @Test
    void aRestartableScriptIsRunAgainAfterARebootAndItsOutputGoesOn() throws Exception {
        List<String> told = new ArrayList<>();
        Heard heard = new Heard();
        ScriptListener listener = new ScriptListener() {
            @Override
            public void restarted(int start) {
                told.add("restarted " + start);
            }
        };
        Script script = script("echo \"run $FOOTHOLD_RUN\"; [ $FOOTHOLD_RUN -gt 1 ] || sleep 1000; echo end")
                .restartable();
        Future<ScriptEnd> running = fork(() -> runner().run(machine(), script, heard, listener));
        await(running, heard, "run 1\n");
        machine.reboot(Duration.ofMillis(300));

        assertThat(running.get().succeeded()).isTrue();
        assertThat(heard.text()).isEqualTo("run 1\nrun 2\nend\n");
        assertThat(told).containsExactly("restarted 2");
    }

    @Test
    void anyOtherScriptEndsWithTheReboot() throws Exception {
        Heard heard = new Heard();
        Future<ScriptEnd> running = fork(() -> run(script("echo on; sleep 1000"), heard));
        await(running, heard, "on\n");
        machine.reboot(Duration.ofMillis(300));

        assertThat(running.get().describe()).isEqualTo("a reboot of the machine while it ran");
        assertThat(heard.text()).isEqualTo("on\n");
    }

    @Test
    void aScriptThatEndedBeforeTheRebootStaysAsItEnded() throws Exception {
        Script script = script("echo once; exit 6").restartable();
        run(script, new Heard());
        machine.reboot(Duration.ofMillis(10));

        Heard heard = new Heard();
        assertThat(run(script, heard).exitStatus()).isEqualTo(6);
        assertThat(heard.text()).isEqualTo("once\n");
    }

    @Test
    void aScriptThatRebootsTheMachineEachTimeIsGivenUp() throws Exception {
        Heard heard = new Heard();
        Script script = script("echo \"run $FOOTHOLD_RUN\"; sleep 1000").restartable();
        Future<ScriptEnd> running = fork(() -> run(script, heard));
        String expected = "";
        for (int start = 1; start <= Script.MOST_STARTS; start++) {
            expected += "run " + start + "\n";
            await(running, heard, expected);
            machine.reboot(Duration.ofMillis(50));
        }

        assertThat(running.get().describe())
                .isEqualTo("a reboot of the machine while it ran; it was started " + Script.MOST_STARTS + " times");
        assertThat(heard.text()).isEqualTo(expected);
    }

    @Test
    void aClientThatIsKilledAtAnyMomentIsFollowedByOneThatGetsEverything(@TempDir Path directory) throws Exception {
        Path identity = directory.resolve("identity");
        machine.user().writeTo(identity);
        String expected = IntStream.range(0, LINES)
                .mapToObj(line -> "line " + line + "\n")
                .collect(Collectors.joining());
        List<Process> children = new ArrayList<>();
        int rounds = Boolean.getBoolean("foothold.quick") ? 2 : 5;
        for (int round = 0; round < rounds; round++) {
            children.add(ScriptChild.start(
                    machine.address(), identity, machine.hostKey(), "ubuntu", dataDirectory(), countdown(round)));
        }
        for (int round = 0; round < rounds; round++) {
            Process child = children.get(round);
            BufferedReader progress = child.inputReader();
            assertThat(progress.readLine()).isEqualTo("ready");
            child.getOutputStream().close();
            // At once, while it connects, or starts the script; or when it has heard so many lines.
            if (round % 2 == 0) {
                Thread.sleep(40L * round);
            } else {
                for (int line = 0; line < 6 * round; line++) {
                    progress.readLine();
                }
            }
            child.destroyForcibly().waitFor();

            Heard heard = new Heard();
            assertThat(run(countdown(round), heard).succeeded()).isTrue();
            assertThat(heard.text()).isEqualTo(expected);
            assertThat(command("cat " + dataDirectory() + "/kills-" + id() + "-" + round))
                    .isEqualTo("run\n");
        }
    }

    private Script countdown(int round) {
        String name = id() + "-" + round;
        return Script.of(name, "echo run >> " + dataDirectory() + "/kills-" + name + "; " + slowly(LINES));
    }

    private static void await(Future<ScriptEnd> running, Heard heard, String text) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; !heard.text().equals(text); Thread.sleep(5)) {
            if (running.isDone()) {
                fail("it has ended: " + running.get() + " after " + heard.text());
            }
            assertThat(System.nanoTime()).as(heard.text()).isLessThan(end);
        }
    }
}
