package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.SshAgent;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.OpenSshServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the real server can tell: its keys, certificates and limits, agents, and hosts on the way. */
@Timeout(120)
class DebianServerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final SshjConnector connector = new SshjConnector();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void require() {
        OpenSshServer.require();
    }

    @AfterEach
    void closeAndLeaveNoThread() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        Await.until("the client's threads end", () -> Await.clientThreads() == 0);
    }

    // ---- Keys

    @ParameterizedTest
    @CsvSource({"rsa, 2048", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521", "ed25519, 256"})
    void keysOfAllKinds_areLetIn(String type, String bits) throws Exception {
        OpenSshServer server = server("s");
        SshKeyPair key = SshKeyPair.read(keygen(type, bits));
        Files.writeString(
                server.home().resolve(".ssh/authorized_keys"), key.publicKey().line() + "\n");

        assertThat(say(server.address(), server.options().withIdentity(key))).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"rsa, 2048", "ecdsa, 256", "ecdsa, 521"})
    @Tag("D-15")
    void hostKeysOfAllKinds_proveTheHost(String type, String bits) throws Exception {
        Path hostKey = keygen(type, bits);
        OpenSshServer server = server("s");
        install(hostKey, server);
        OpenSshServer other = restarted(server, "HostKey /etc/ssh/" + hostKey.getFileName());
        SshPublicKey known = SshKeyPair.read(hostKey).publicKey();

        assertThat(say(other.address(), other.options().trusting(List.of(known))))
                .isEqualTo("hello");
        assertThat(failure(other.address(), other.options().trusting(List.of(stranger())))
                        .failure())
                .as("no algorithm is offered but that of the known key")
                .isEqualTo(SshFailure.HOST_KEY_MISMATCH);
    }

    // ---- Certificates

    @ParameterizedTest
    @CsvSource({"ed25519, ed25519", "rsa, ed25519", "ecdsa, rsa", "ed25519, ecdsa"})
    void hostWithACertificateOfTheAuthority_isTrusted(String hostType, String authorityType) throws Exception {
        Authority authority = new Authority(authorityType);
        OpenSshServer server = certified(authority, hostType, "-n", "%h", "-V", "-5m:+1h");

        assertThat(say(server.address(), server.options().trusting(authority.verifier())))
                .isEqualTo("hello");
    }

    @Test
    void hostThatIsReachedByAnotherName_isTrustedIfThatIsSaid() throws Exception {
        Authority authority = new Authority("ed25519");
        OpenSshServer server = certified(authority, "ed25519", "-n", "*.example.org");

        assertThat(failure(server.address(), server.options().trusting(authority.verifier())))
                .hasMessageContaining("is for *.example.org only");
        assertThat(say(server.address(), server.options().trusting(authority.verifier("db.example.org"))))
                .isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "-V -2h:-1h, was valid until",
        "-V +1h:+2h, is not valid before",
        "-n 192.0.2.1, is for 192.0.2.1 only",
        "-O critical:x=y, has conditions that are not known"
    })
    void hostWithACertificateThatIsNotForNowOrNotForIt_isRefused(String arguments, String problem) throws Exception {
        Authority authority = new Authority("ed25519");
        OpenSshServer server = certified(authority, "ed25519", arguments.split(" "));

        SshException failure = failure(server.address(), server.options().trusting(authority.verifier()));

        assertThat(failure.failure()).isEqualTo(SshFailure.HOST_KEY_MISMATCH);
        assertThat(failure).hasMessageContaining(problem);
    }

    @Test
    void hostWithACertificateOfAnotherAuthority_isRefused() throws Exception {
        OpenSshServer server = certified(new Authority("ed25519"), "ed25519");

        assertThat(failure(server.address(), server.options().trusting(HostKeyVerifier.signedBy(List.of(stranger())))))
                .hasMessageContaining("is not one of the trusted authorities");
    }

    @Test
    void hostWithACertificate_isStillKnownByItsKey() throws Exception {
        Authority authority = new Authority("ed25519");
        OpenSshServer server = certified(authority, "ed25519", "-n", "192.0.2.1");
        HostKeyVerifier pinned = HostKeyVerifier.pinned(List.of(server.hostKey()));

        assertThat(say(server.address(), server.options().trusting(pinned.or(authority.verifier()))))
                .isEqualTo("hello");
    }

    // ---- Agents

    @Test
    void agent_signsWithKeysItNeverGivesAway() throws Exception {
        OpenSshServer server = server("s");
        Path ed25519 = keygen("ed25519", "256");
        Path rsa = keygen("rsa", "2048");
        Agent agent = new Agent(ed25519, rsa);
        SshPublicKey rsaKey = SshKeyPair.read(rsa).publicKey();
        Files.writeString(server.home().resolve(".ssh/authorized_keys"), rsaKey.line() + "\n");

        SshOptions all = server.options().withIdentity(SshAgent.at(agent.socket));
        assertThat(say(server.address(), all)).isEqualTo("hello");
        SshOptions chosen =
                server.options().withIdentity(SshAgent.at(agent.socket).only(rsaKey));
        assertThat(say(server.address(), chosen)).isEqualTo("hello");
        SshOptions unknown =
                server.options().withIdentity(SshAgent.at(agent.socket).only(stranger()));
        assertThat(failure(server.address(), unknown)).hasMessageContaining("does not have the key");
    }

    @Test
    void agentThatIsOfNoHelp_isNamed() throws Exception {
        OpenSshServer server = server("s");
        Path nobody = directory.resolve("nobody");
        SshException failure = failure(server.address(), server.options().withIdentity(SshAgent.at(nobody)));
        assertThat(failure.failure()).isEqualTo(SshFailure.AUTHENTICATION);
        assertThat(failure).hasMessageContaining("the SSH agent at " + nobody + ": it cannot be asked");

        Agent empty = new Agent();
        assertThat(failure(server.address(), server.options().withIdentity(SshAgent.at(empty.socket))))
                .hasMessageContaining("it has no keys; ssh-add adds one");
    }

    // ---- Hosts on the way

    @Test
    void jumpHost_isAWayToOthers() throws Exception {
        OpenSshServer bastion = server("bastion");
        OpenSshServer server = server("s");
        SshOptions options = server.options().through(new JumpHost(bastion.address(), bastion.options()));

        try (SshSession session = connector.connect(server.address(), options)) {
            assertThat(say(session)).isEqualTo("hello");
            byte[] much = new byte[3_000_000];
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            session.run(
                    SshCommand.of("cat").reading(new String(much, StandardCharsets.US_ASCII)),
                    (stream, bytes, length) -> back.write(bytes, 0, length),
                    LONG);
            assertThat(back.size()).isEqualTo(much.length);
        }
    }

    @Test
    void jumpHostBehindAJumpHost_isAWay() throws Exception {
        OpenSshServer outer = server("outer");
        OpenSshServer inner = server("inner");
        OpenSshServer server = server("s");
        JumpHost first = new JumpHost(outer.address(), outer.options());
        JumpHost second = new JumpHost(inner.address(), inner.options().through(first));

        assertThat(say(server.address(), server.options().through(second))).isEqualTo("hello");
    }

    @Test
    void manyMachinesBehindAJumpHostOfFewHandshakes_areAllReached() throws Exception {
        OpenSshServer bastion = server("bastion", "MaxStartups 3");
        OpenSshServer server = server("s");
        SshOptions options = server.options().through(new JumpHost(bastion.address(), bastion.options()));
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tasks.add(() -> say(server.address(), options));
            }
            for (Future<String> answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isEqualTo("hello");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(bastion.log()).doesNotContain("MaxStartups");
        assertThat(bastion.log().split("Accepted publickey", -1)).hasSize(2);
    }

    @Test
    void troubleBehindTheJumpHost_isToldAsTheTargets() throws Exception {
        OpenSshServer bastion = server("bastion");
        OpenSshServer server = server("s");
        JumpHost jump = new JumpHost(bastion.address(), bastion.options());
        MachineAddress nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, free.getLocalPort());
        }

        SshException refused = failure(nobody, server.options().through(jump));
        assertThat(refused.failure()).isEqualTo(SshFailure.REFUSED);
        assertThat(refused)
                .hasMessageContaining(nobody.hostAndPort())
                .hasMessageContaining("the jump host does not connect to it");
        assertThat(failure(server.address(), server.options().through(jump).trusting(List.of(stranger())))
                        .failure())
                .isEqualTo(SshFailure.HOST_KEY_MISMATCH);
    }

    @Test
    void troubleWithTheJumpHost_isToldAsItsOwn() throws Exception {
        OpenSshServer bastion = server("bastion");
        OpenSshServer closed = server("closed", "AllowTcpForwarding no");
        OpenSshServer server = server("s");

        SshException mismatch = failure(
                server.address(),
                server.options()
                        .through(new JumpHost(
                                bastion.address(), bastion.options().trusting(List.of(stranger())))));
        assertThat(mismatch.failure()).isEqualTo(SshFailure.HOST_KEY_MISMATCH);
        assertThat(mismatch).hasMessageContaining(bastion.address().hostAndPort());
        assertThat(failure(
                        server.address(), server.options().through(new JumpHost(closed.address(), closed.options()))))
                .hasMessageContaining("the jump host does not connect to it");
        JumpHost unknown = new JumpHost(bastion.address(), SshOptions.defaults().withIdentity(OpenSshServer.USER));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        connector.connect(server.address(), server.options().through(unknown)))
                .withMessageContaining(bastion.address().hostAndPort())
                .withMessageContaining("no host key to recognise the machine by");
    }

    @Test
    void deathOfTheJumpHost_endsCommandsBehindIt() throws Exception {
        OpenSshServer bastion = server("bastion");
        OpenSshServer server = server("s");
        SshOptions options = server.options().through(new JumpHost(bastion.address(), bastion.options()));

        try (SshSession session = connector.connect(server.address(), options)) {
            Thread death = new Thread(bastion::close);
            death.start();
            assertThatThrownBy(() -> session.run(SshCommand.of("sleep 60"), (stream, bytes, length) -> {}, LONG))
                    .isInstanceOfSatisfying(
                            SshException.class, e -> assertThat(e.failure()).isEqualTo(SshFailure.CONNECTION_LOST));
            death.join();
        }
    }

    // ---- Keep-alive

    @Test
    void keepAlive_survivesManyKeyExchanges() throws Exception {
        OpenSshServer server = server("s", "RekeyLimit 100K 1");
        SshOptions options = server.options().withKeepAlive(Duration.ofSeconds(1));

        try (SshSession session = connector.connect(server.address(), options)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            session.run(
                    SshCommand.of("for i in 1 2 3 4 5 6; do head -c 500000 /dev/zero; sleep 0.6; done"),
                    (stream, bytes, length) -> out.write(bytes, 0, length),
                    LONG);
            assertThat(out.size()).isEqualTo(3_000_000);
            assertThat(say(session)).isEqualTo("hello");
        }
    }

    @Test
    void keepAlive_noticesAServerThatIsSilent() throws Exception {
        OpenSshServer server = server("s");
        SshOptions options = server.options().withKeepAlive(Duration.ofSeconds(1));

        try (SshSession session = connector.connect(server.address(), options)) {
            String parent = run(session, "cut -d ' ' -f 4 /proc/$$/stat").strip();
            long before = System.nanoTime();
            assertThatThrownBy(() -> session.run(
                            SshCommand.of("kill -STOP " + parent + "; sleep 60"), (stream, bytes, length) -> {}, LONG))
                    .isInstanceOfSatisfying(
                            SshException.class, e -> assertThat(e.failure()).isEqualTo(SshFailure.CONNECTION_LOST))
                    .hasMessageContaining("has not answered for 3 s");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30})
    void silence_isAllowed(int seconds) throws Exception {
        OpenSshServer server = server("s");
        assertThat(say(server.address(), server.options().withKeepAlive(Duration.ofSeconds(seconds))))
                .isEqualTo("hello");
    }

    // ---- Ports

    @Test
    void portOfTheOptions_winsOverThatOfTheAddress() throws Exception {
        OpenSshServer server = server("s");
        MachineAddress without = MachineAddress.of(server.address().value(), AddressScope.PUBLIC);

        assertThat(say(without, server.options().withPort(server.address().sshPort())))
                .isEqualTo("hello");
    }

    private OpenSshServer server(String name, String... configuration) throws IOException, InterruptedException {
        OpenSshServer server = OpenSshServer.start(Files.createDirectory(directory.resolve(name)), configuration);
        opened.add(0, server);
        return server;
    }

    /** Starts a server with further lines and the files that another one had. */
    private OpenSshServer restarted(OpenSshServer server, String... configuration)
            throws IOException, InterruptedException {
        server.close();
        Path again = Files.createDirectory(directory.resolve("again"));
        Files.createDirectory(again.resolve("etc"));
        try (Stream<Path> files = Files.list(server.etc())) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith("ssh_host_ed25519_key")) {
                    Files.copy(file, again.resolve("etc").resolve(file.getFileName()));
                }
            }
        }
        OpenSshServer fresh = OpenSshServer.start(again, configuration);
        opened.add(0, fresh);
        return fresh;
    }

    private OpenSshServer certified(Authority authority, String hostType, String... arguments)
            throws IOException, InterruptedException {
        OpenSshServer server = server("s");
        Path hostKey = hostType.equals("ed25519")
                ? server.etc().resolve("ssh_host_ed25519_key")
                : keygen(hostType, hostType.equals("rsa") ? "2048" : "256");
        if (!hostType.equals("ed25519")) {
            install(hostKey, server);
        }
        Path installed = server.etc().resolve(hostKey.getFileName());
        authority.sign(installed, server.address().value(), arguments);
        List<String> lines = new ArrayList<>(List.of(
                "HostKey /etc/ssh/" + installed.getFileName(),
                "HostCertificate /etc/ssh/" + installed.getFileName() + "-cert.pub"));
        lines.addAll(Files.readAllLines(server.etc().resolve("sshd_config")));
        Files.write(server.etc().resolve("sshd_config"), lines);
        server.reload();
        return server;
    }

    private static void install(Path hostKey, OpenSshServer server) throws IOException {
        Files.copy(hostKey, server.etc().resolve(hostKey.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of(hostKey + ".pub"), server.etc().resolve(hostKey.getFileName() + ".pub"));
    }

    private Path keygen(String type, String bits) throws IOException, InterruptedException {
        Path file = directory.resolve("key_" + type + bits);
        run("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "", "-f", file.toString());
        return file;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static SshPublicKey stranger() {
        return SshKeyPair.generate("stranger").publicKey();
    }

    private SshException failure(MachineAddress address, SshOptions options) {
        return catchThrowableOfType(
                SshException.class, () -> connector.connect(address, options).close());
    }

    private String say(MachineAddress address, SshOptions options) throws InterruptedException {
        try (SshSession session = connector.connect(address, options)) {
            return say(session);
        }
    }

    private static String say(SshSession session) throws InterruptedException {
        return run(session, "echo hello").strip();
    }

    private static String run(SshSession session, String line) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session.run(SshCommand.of(line), (stream, bytes, length) -> out.write(bytes, 0, length), LONG);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Signs keys of hosts with the real {@code ssh-keygen}. */
    private final class Authority {

        private final Path key;

        Authority(String type) throws IOException, InterruptedException {
            key = directory.resolve("authority");
            run("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "", "-f", key.toString());
        }

        void sign(Path hostKey, String host, String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(
                    List.of("ssh-keygen", "-q", "-s", key.toString(), "-h", "-I", "test host", "-z", "7"));
            for (String argument : arguments) {
                command.add(argument.replace("%h", host));
            }
            command.add(hostKey + ".pub");
            run(command.toArray(String[]::new));
        }

        HostKeyVerifier verifier(String... aliases) throws IOException {
            return HostKeyVerifier.signedBy(
                    List.of(SshPublicKey.parse(Files.readString(Path.of(key + ".pub")))), aliases);
        }
    }

    /** Runs the real {@code ssh-agent}. */
    private final class Agent implements AutoCloseable {

        private final Path socket = directory.resolve("agent");
        private final Process process;

        Agent(Path... keys) throws IOException, InterruptedException {
            Files.deleteIfExists(socket);
            process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            opened.add(this);
            Await.until("the agent answers", () -> Files.exists(socket));
            for (Path key : keys) {
                ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString()).redirectErrorStream(true);
                add.environment().put("SSH_AUTH_SOCK", socket.toString());
                assertThat(add.start().waitFor()).isZero();
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
