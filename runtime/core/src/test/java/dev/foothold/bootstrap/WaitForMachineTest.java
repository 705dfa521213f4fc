package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foothold.cloud.OperationContext;
import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.simulator.Address;
import dev.foothold.simulator.Fault;
import dev.foothold.simulator.RunRequest;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.BrokenPort;
import dev.foothold.simulator.machine.Isolation;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.TestSshServer;
import dev.foothold.testing.OpenSshServer;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiting for machines that really boot, over real connections, and for those that never will. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class WaitForMachineTest {

    private static final SshKeyPair USER = SshKeyPair.generate("user@test");
    private static final SshKeyPair HOST = SshKeyPair.generate("host@test");
    private static final String DATA = "var/lib/foothold";
    private static final String NONCE = DATA + "/nonce.txt";
    private static final Optional<Duration> A_WHILE = Optional.of(Duration.ofMillis(1500));
    private static final SshOptions SSH = SshOptions.defaults()
            .withIdentity(USER)
            .trusting(List.of(HOST.publicKey()))
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final WaitOptions PATIENT = WaitOptions.defaults().within(Duration.ofSeconds(100));

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private @Nullable SimulatedCloud cloud;

    @TempDir
    Path directory;

    @AfterEach
    void nothingOfTheClientIsLeft() throws InterruptedException {
        if (cloud != null) {
            cloud.close();
        }
        for (int i = 0; i < 2000 && clientThreads() > 0; i++) {
            Thread.sleep(5);
        }
        assertThat(clientThreads()).as("threads of the client").isZero();
    }

    private static long clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("foothold-") && !name.endsWith("-idle") || name.startsWith("sshj"))
                .count();
    }

    // ---- Machines of a simulated cloud in which something goes wrong

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of(new Fault.SlowBoot(A_WHILE.get()), "cannot connect: Connection refused"),
                // Whoever was refused before it opens hears of it from a connect that lives for five seconds.
                Arguments.of(new Fault.BlackHole(Optional.of(Duration.ofSeconds(8))), "nothing answers"),
                Arguments.of(new Fault.DropsConnections(A_WHILE), "closed the connection before it introduced itself"),
                Arguments.of(new Fault.Silent(A_WHILE), "closed the connection before it introduced itself"),
                Arguments.of(new Fault.DiesInHandshake(A_WHILE), "the key exchange failed"),
                Arguments.of(new Fault.LateNonce(NONCE, A_WHILE.get()), NONCE + " does not exist"),
                Arguments.of(new Fault.LateLogin(A_WHILE.get()), "does not let user \"ubuntu\" in"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesIsWaitedForAndSaid(Fault fault, String said) throws Exception {
        String id = launch(Isolation.DIRECTORY, DATA, "", fault);

        try (SshSession session = wait(id, DATA, PATIENT).await()) {
            assertThat(session.address().scope()).isEqualTo(AddressScope.PUBLIC);
        }
        assertThat(events)
                .filteredOn(Event.NotYet.class::isInstance)
                .extracting(event -> ((Event.NotYet) event).verdict())
                .anyMatch(verdict -> verdict.contains(said));
    }

    @Test
    void aServerThatKeepsAccountsIsNeverAnnoyed() throws Exception {
        String id = launch(
                Isolation.DIRECTORY, DATA, "", new Fault.Penalties(), new Fault.LateLogin(Duration.ofSeconds(14)));

        wait(id, DATA, PATIENT).await().close();

        assertThat(cloud.turnedAway(id)).as("connections that were turned away").isZero();
    }

    @Test
    void anotherHostKeyIsFinalAtOnce() throws Exception {
        String id = launch(Isolation.DIRECTORY, DATA, "", new Fault.WrongHostKey());

        assertThatThrownBy(() -> wait(id, DATA, PATIENT).await())
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining(HOST.publicKey().fingerprint());
    }

    @Test
    void anotherNonceIsFinalAfterItsBudget() throws Exception {
        String id = launch(Isolation.DIRECTORY, DATA, "", new Fault.WrongNonce(NONCE));

        assertThatThrownBy(() -> wait(id, DATA, PATIENT.forgivingRefusals(Duration.ofSeconds(1)))
                        .await())
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("contents do not match machine nonce");
    }

    @Test
    void aSilentServerIsAVerdictWithinItsBudget() throws Exception {
        String id = launch(Isolation.DIRECTORY, DATA, "", new Fault.Silent(Optional.empty()));

        assertThatThrownBy(() ->
                        wait(id, DATA, PATIENT.within(Duration.ofSeconds(12))).await())
                .isInstanceOfSatisfying(
                        WaitTimeoutException.class,
                        e -> assertThat(e.verdicts().values())
                                .extracting(AddressVerdict::verdict)
                                .containsExactly(Verdict.BANNER))
                .hasMessageContaining("no SSH server introduced itself within 5 s");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "user.name",
            matches = "root",
            disabledReason = "needs machines with a root file system of their own, which takes root on Linux")
    void aMachineWithoutItsNonceSaysWhatItIsDoing() throws Exception {
        String data = "/" + DATA;
        // As long as the real one's, which has a line for each little thing.
        String cloudInit =
                "#!/bin/sh\necho '{\n\"status\": \"running\",\n\"errors\": [\n\"no route to the mirror\"\n],\n"
                        + IntStream.range(0, 40)
                                .mapToObj(i -> "\"detail" + i + "\": {}")
                                .collect(Collectors.joining(",\n"))
                        + "\n}'\n";
        String id = launch(
                Isolation.PRIVATE_ROOT, data, cloudInit, new Fault.LateNonce("/" + NONCE, Duration.ofMinutes(10)));

        assertThatThrownBy(() ->
                        wait(id, data, PATIENT.within(Duration.ofSeconds(15))).await())
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContainingAll(
                        "/" + NONCE + " does not exist",
                        "cloud-init says: running",
                        "no route to the mirror",
                        "its log ends with",
                        "fetching packages");
    }

    private String launch(Isolation isolation, String data, String cloudInit, Fault... faults)
            throws InterruptedException {
        cloud = SimulatedCloud.builder().isolation(isolation).open();
        for (Fault fault : faults) {
            cloud.faults().inject(fault);
        }
        CloudConfig config = CloudConfig.empty().hostKey(HOST).authorize(USER.publicKey());
        if (!cloudInit.isEmpty()) {
            config = config.file("/usr/local/bin/cloud-init", cloudInit, "0755");
        }
        String userData = config.run("mkdir", "-p", data)
                .shell("echo fetching packages")
                .shell("echo right > " + CheckNonce.file(data))
                .renderYaml();
        return cloud.runInstance(
                        RunRequest.of("small", "ubuntu-24.04").withUserData(userData.getBytes(StandardCharsets.UTF_8)))
                .id();
    }

    private MachineWait wait(String id, String data, WaitOptions options) throws InterruptedException {
        return wait(look(id), () -> look(id), CheckNonce.script(data, "right"), address -> SSH, options);
    }

    /** Only the public address: nothing ever answers on the other one. */
    private Instance look(String id) throws InterruptedException {
        return Instance.of(id, InstanceStatus.RUNNING)
                .at(cloud.get(id).addresses().stream()
                        .filter(address -> address.scope() == Address.Scope.PUBLIC)
                        .map(address -> new MachineAddress(address.value(), AddressScope.PUBLIC, address.port()))
                        .toList());
    }

    private MachineWait wait(
            Instance first, InstanceRefresher refresher, String script, HostSshOptions hosts, WaitOptions options) {
        return new WaitSsh(new SshjConnector())
                .prepare(
                        first,
                        refresher,
                        hosts,
                        script,
                        options,
                        new OperationContext(
                                "op", "bootstrap", ModelSettings.create("m"), Timeline.real(), events::add));
    }

    // ---- Several addresses, one of them Debian's OpenSSH server

    @Test
    void theGoodAddressWinsAmongOthersThatAreOfNoUse() throws Exception {
        MachineAddress hole = closedPort();
        BrokenPort filter =
                BrokenPort.open(new InetSocketAddress(hole.value(), hole.sshPort()), BrokenPort.Manner.BLACK_HOLE);
        try (filter;
                TestSshServer stranger = TestSshServer.start();
                OpenSshServer good = OpenSshServer.start(directory)) {
            SshOptions options = good.options();
            Instance instance = Instance.of("i-1", InstanceStatus.RUNNING)
                    .at(hole, closedPort(), reachable(stranger.address()), good.address());

            MachineWait wait = wait(instance, () -> instance, "true", address -> options, PATIENT);
            try (SshSession session = wait.await()) {
                assertThat(session.address()).isEqualTo(good.address());
            }
            assertThat(wait.report().waited()).isLessThan(Duration.ofSeconds(20));
            assertThat(good.log()).doesNotContain("MaxStartups");
        }
    }

    @Test
    void oneConnectionIsEnoughForDebian() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory, "LogLevel VERBOSE")) {
            SshOptions options = server.options();
            Instance instance = Instance.of("i-1", InstanceStatus.RUNNING).at(server.address());
            Path nonce = directory.resolve("nonce.txt");
            MachineWait wait = wait(
                    instance,
                    () -> {
                        writeQuietly(nonce);
                        return instance;
                    },
                    CheckNonce.script(directory.toString(), "right"),
                    address -> options,
                    PATIENT);

            wait.await().close();

            assertThat(server.log().lines().filter(line -> line.contains("Accepted publickey")))
                    .hasSize(1);
        }
    }

    @Test
    void interruptionLeavesNoDescriptorOpen() throws Exception {
        MachineAddress hole = closedPort();
        BrokenPort filter =
                BrokenPort.open(new InetSocketAddress(hole.value(), hole.sshPort()), BrokenPort.Manner.BLACK_HOLE);
        try (filter;
                TestSshServer server = TestSshServer.start()) {
            SshOptions options = server.options();
            Instance instance =
                    Instance.of("i-1", InstanceStatus.RUNNING).at(hole, closedPort(), reachable(server.address()));
            long descriptors = descriptors();
            MachineWait wait = wait(instance, () -> instance, "exit 1", address -> options, PATIENT);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> thrown.set(catchThrowable(wait::await)));
            caller.start();
            while (wait.report().addresses().stream()
                            .filter(verdict -> verdict.verdict() != Verdict.NO_ANSWER_YET)
                            .count()
                    < 3) {
                Thread.sleep(5);
            }
            caller.interrupt();
            caller.join();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            for (int i = 0; i < 2000 && (descriptors() > descriptors || server.connections() > 0); i++) {
                Thread.sleep(5);
            }
            assertThat(descriptors()).as("descriptors").isLessThanOrEqualTo(descriptors);
        }
    }

    private static void writeQuietly(Path nonce) {
        try {
            Files.writeString(nonce, "right\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** The same address, as one that is not the machine's own: those are never dialled. */
    private static MachineAddress reachable(MachineAddress address) {
        return new MachineAddress(address.value(), AddressScope.CLOUD_LOCAL, address.sshPort());
    }

    private static MachineAddress closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new MachineAddress("127.0.0.1", AddressScope.CLOUD_LOCAL, free.getLocalPort());
        }
    }
}
