package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.simulator.machine.Isolation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What can go wrong with a machine that is being born. Machines are directories here, which takes no root. */
@EnabledOnOs(OS.LINUX)
class MachineFaultsTest {
    private static final String NONCE = "var/lib/nonce";
    private static final Duration A_WHILE = Duration.ofMillis(700);

    private SshClients ssh;
    private SimulatedCloud cloud;

    @BeforeEach
    void open() throws Exception {
        ssh = new SshClients();
        cloud = SimulatedCloud.builder().isolation(Isolation.DIRECTORY).open();
    }

    @AfterEach
    void close() throws Exception {
        ssh.close();
        cloud.close();
        Eventually.holds(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("simulator-broken-port"));
    }

    private CloudMachine launch(Fault fault, String... userData) throws Exception {
        cloud.faults().inject(fault);
        CloudMachine machine =
                cloud.runInstance(RunRequest.of("small", "debian-12").withUserData(ssh.userData(userData)));
        cloud.faults().liftAll();
        return cloud.get(machine.id());
    }

    private static Socket connect(CloudMachine machine) throws IOException {
        Address address = machine.addresses().get(0);
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.value(), address.port()), 300);
            socket.setSoTimeout(300);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket connectWhenUp(CloudMachine machine) throws Exception {
        Socket[] socket = new Socket[1];
        Eventually.isTrue("the port accepts connections", () -> {
            try {
                socket[0] = connect(machine);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return socket[0];
    }

    @Test
    void aBlackHoleSwallowsEveryConnectFromTheLaunchOn() throws Exception {
        CloudMachine machine = launch(new Fault.BlackHole(Optional.empty()));
        Eventually.isTrue("the filter is there", () -> {
            try {
                connect(machine).close();
                return false;
            } catch (SocketTimeoutException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> connect(machine).close()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(cloud.answersSsh(machine.id())).isFalse();
    }

    @Test
    void aBlackHoleMayOpen() throws Exception {
        CloudMachine machine = Eventually.up(cloud, launch(new Fault.BlackHole(Optional.of(A_WHILE))));

        assertThat(ssh.run(machine, "echo here").out()).isEqualTo("here\n");
    }

    @Test
    void aSilentMachineAcceptsAndSaysNothing() throws Exception {
        CloudMachine machine = launch(new Fault.Silent(Optional.empty()));

        try (Socket socket = connectWhenUp(machine)) {
            socket.getOutputStream().write("SSH-2.0-me\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aMachineMayDropConnectionsForAWhile() throws Exception {
        CloudMachine machine = launch(new Fault.DropsConnections(Optional.of(A_WHILE)));

        try (Socket socket = connectWhenUp(machine)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(ssh.run(Eventually.up(cloud, machine), "echo here").out()).isEqualTo("here\n");
    }

    @Test
    void aServerMayDieWhenTheClientProposesHowToEncrypt() throws Exception {
        CloudMachine machine = launch(new Fault.DiesInHandshake(Optional.empty()));

        try (Socket socket = connectWhenUp(machine)) {
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(8), StandardCharsets.US_ASCII)).isEqualTo("SSH-2.0-");
            while (in.read() != '\n') {
                // the rest of the line
            }
            socket.getOutputStream().write("SSH-2.0-me\r\n\0".getBytes(StandardCharsets.US_ASCII));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aMachineMayShowAnotherHostKey() throws Exception {
        KeyPair given = SshClients.newKey();
        String pem =
                SshClients.privateText(given).lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
        CloudMachine machine =
                Eventually.up(cloud, launch(new Fault.WrongHostKey(), "ssh_keys:\n  ed25519_private: |\n" + pem));

        ssh.run(machine, "true");

        assertThat(KeyUtils.compareKeys(ssh.seenHostKey.get(), given.getPublic()))
                .isFalse();
    }

    @Test
    void aMachineMayHoldAnotherNonce() throws Exception {
        CloudMachine machine = Eventually.up(
                cloud, launch(new Fault.WrongNonce(NONCE), "runcmd: ['mkdir -p var/lib; echo right >" + NONCE + "']"));

        assertThat(ssh.run(machine, "cat " + NONCE).out()).isEqualTo("something else\n");
    }

    @Test
    void theNonceMayComeLate() throws Exception {
        CloudMachine machine = Eventually.up(
                cloud,
                launch(
                        new Fault.LateNonce(NONCE, Duration.ofSeconds(2)),
                        "runcmd: ['mkdir -p var/lib; echo right >" + NONCE + "']"));

        assertThat(ssh.run(machine, "cat " + NONCE + " 2>/dev/null || echo not yet")
                        .out())
                .isEqualTo("not yet\n");
        Eventually.isTrue(
                "it is there", () -> ssh.run(machine, "cat " + NONCE).out().equals("right\n"));
    }

    @Test
    void loginKeysMayComeLate() throws Exception {
        CloudMachine machine = Eventually.up(cloud, launch(new Fault.LateLogin(Duration.ofSeconds(2))));

        assertThatThrownBy(() -> ssh.run(machine, "true")).isInstanceOf(SshException.class);
        Eventually.isTrue("somebody is let in", () -> {
            try {
                return ssh.run(machine, "echo here").out().equals("here\n");
            } catch (SshException e) {
                return false;
            }
        });
    }

    @Test
    void aServerThatKeepsAccountsTurnsAwayWhoFailsTooOften() throws Exception {
        CloudMachine machine = Eventually.up(cloud, launch(new Fault.Penalties()));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ssh.connect(machine, "nobody")).isInstanceOf(SshException.class);
        }

        Eventually.isTrue("the third failure is in the book", () -> {
            try (Socket socket = connect(machine)) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                        .equals("Not allowed at this time\r\n");
            } catch (SocketTimeoutException e) {
                return false; // it was let in, and the server waits for us
            }
        });
        assertThat(cloud.turnedAway(machine.id())).isPositive();
    }

    @Test
    void aServerThatKeepsAccountsForgetsWhatIsPaidAndLikesWhoLogsIn() throws Exception {
        CloudMachine machine = Eventually.up(cloud, launch(new Fault.Penalties()));
        for (int i = 0; i < 20; i++) {
            ssh.run(machine, "true");
        }

        assertThat(cloud.turnedAway(machine.id())).isZero();
        assertThat(cloud.turnedAway("i-unknown")).isZero();
    }

    @Test
    void faultsApplyToMachinesThatAreLaunchedWhileTheyAreOn() throws Exception {
        CloudMachine first = launch(new Fault.Silent(Optional.empty()));
        CloudMachine second =
                cloud.runInstance(RunRequest.of("small", "debian-12").withUserData(ssh.userData()));

        assertThat(ssh.run(Eventually.up(cloud, second), "echo here").out()).isEqualTo("here\n");
        assertThat(cloud.answersSsh(first.id())).isFalse();
    }

    @Test
    void aBrokenPortIsFreeWhenItsMachineIsTerminated() throws Exception {
        CloudMachine machine = launch(new Fault.Silent(Optional.empty()));
        try (Socket socket = connectWhenUp(machine)) {
            cloud.terminate(machine.id());
            socket.setSoTimeout(20_000);
            assertThat(isOver(socket)).isTrue();
        }
        assertThatThrownBy(() -> connect(machine).close()).isInstanceOf(IOException.class);
    }

    private static boolean isOver(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
