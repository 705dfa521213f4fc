package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.TestSshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SshjConnectorTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final SshjConnector connector = new SshjConnector();

    @AfterEach
    void noThreadOfTheClientIsLeft() throws InterruptedException {
        Await.until("the client's threads end", () -> Await.clientThreads() == 0);
    }

    // ---- Getting in

    @Test
    void goodServer_letsUsIn() throws Exception {
        try (TestSshServer server = TestSshServer.start();
                SshSession session = connector.connect(server.address(), server.options())) {
            assertThat(session.address()).isEqualTo(server.address());
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void hostName_isResolved() throws Exception {
        try (TestSshServer server = TestSshServer.start()) {
            MachineAddress name = new MachineAddress(
                    "localhost", AddressScope.MACHINE_LOCAL, server.address().sshPort());
            connector.connect(name, server.options()).close();
        }
    }

    @Test
    void identities_areTriedInOrder() throws Exception {
        try (TestSshServer server = TestSshServer.start()) {
            SshOptions good = server.options();
            SshOptions both = good.withIdentities(List.of(SshKeyPair.generate("other"), TestSshServer.USER));
            connector.connect(server.address(), both).close();
        }
    }

    @Test
    void oneOfSeveralTrustedHostKeys_isEnough() throws Exception {
        try (TestSshServer server = TestSshServer.start()) {
            SshOptions options =
                    server.options().trusting(List.of(SshKeyPair.generate("old").publicKey(), server.hostKey()));
            connector.connect(server.address(), options).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA 2048", "EC 256", "EC 384", "EC 521"})
    void hostKeys_canHaveOtherAlgorithms(String spec) throws Exception {
        KeyPair pair = generate(spec);
        SshPublicKey hostKey = SshPublicKey.parse(PublicKeyEntry.toString(pair.getPublic()));
        try (TestSshServer server = TestSshServer.start(pair, hostKey, change -> {})) {
            connector.connect(server.address(), server.options()).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"aes128gcm", "aes256gcm", "cc20p1305_openssh", "aes128ctr", "aes256ctr"})
    void modernCiphers_areUnderstood(BuiltinCiphers cipher) throws Exception {
        try (TestSshServer server = TestSshServer.start(change -> change.setCipherFactories(List.of(cipher)))) {
            connector.connect(server.address(), server.options()).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"curve25519", "curve25519_libssh", "ecdhp256"})
    void modernKeyExchanges_areUnderstood(BuiltinDHFactories exchange) throws Exception {
        try (TestSshServer server = TestSshServer.start(change -> offerOnly(change, exchange))) {
            connector.connect(server.address(), server.options()).close();
        }
    }

    @Test
    void linesBeforeTheIdentification_areSkipped() throws Exception {
        try (TestSshServer server = TestSshServer.start();
                RawServer front = new RawServer(client -> {
                    RawServer.say(client, "Welcome to the machine.\r\nPlease hold the line.\n");
                    pipe(client, server.address());
                })) {
            connector.connect(front.address(), server.options()).close();
        }
    }

    @Test
    void settings_ofTheUserAreNotRead() throws Exception {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", "/does/not/exist");
        try (TestSshServer server = TestSshServer.start()) {
            connector.connect(server.address(), server.options()).close();
        } finally {
            System.setProperty("user.home", home);
        }
    }

    // ---- Being refused

    @Test
    void withoutIdentity_nothingIsConnectedTo() throws Exception {
        try (RawServer server = new RawServer(client -> {})) {
            SshOptions options = SshOptions.defaults().trusting(List.of(key()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connector.connect(server.address(), options))
                    .withMessageContaining(server.address().hostAndPort())
                    .withMessageContaining("no key to log in with");
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void withoutHostKey_nothingIsConnectedTo() throws Exception {
        try (RawServer server = new RawServer(client -> {})) {
            SshOptions options = SshOptions.defaults().withIdentity(TestSshServer.USER);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connector.connect(server.address(), options))
                    .withMessageContaining("no host key to recognise the machine by");
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void closedPort_refuses() throws Exception {
        MachineAddress nobody = closedPort();
        SshException failure = failure(nobody, SshFailure.REFUSED);
        assertThat(failure).hasMessageStartingWith(nobody.hostAndPort()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void unknownName_refuses() {
        MachineAddress nobody = new MachineAddress("nobody.invalid", AddressScope.PUBLIC, 22);
        assertThat(failure(nobody, SshFailure.REFUSED)).hasMessageContaining("\"nobody.invalid\" is not known");
    }

    @Test
    void fullBacklog_timesOut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MachineAddress address = new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, server.getLocalPort());
            List<Socket> fillers = fillBacklog(server);
            try {
                SshException failure = failure(address, options().withTimeouts(SHORT, LONG), SshFailure.TIMED_OUT);
                assertThat(failure).hasMessageContaining("nothing answered");
            } finally {
                for (Socket filler : fillers) {
                    filler.close();
                }
            }
        }
    }

    @Test
    void closingAtOnce_isThrottling() throws Exception {
        try (RawServer server = new RawServer(Socket::close)) {
            assertThat(failure(server.address(), SshFailure.THROTTLED)).hasMessageContaining("closed the connection");
        }
    }

    @Test
    void resetAtOnce_isThrottling() throws Exception {
        try (RawServer server = new RawServer(client -> {
            client.setSoLinger(true, 0);
            client.close();
        })) {
            failure(server.address(), SshFailure.THROTTLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Exceeded MaxStartups\r\n", "Not allowed at this time\r\n"})
    void serverWithoutRoom_isThrottling(String line) throws Exception {
        try (RawServer server = RawServer.saying(line)) {
            assertThat(failure(server.address(), SshFailure.THROTTLED)).hasMessageContaining(line.strip());
        }
    }

    static Stream<String> notSsh() {
        return Stream.of(
                "HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n",
                "SSH-1.5-old\r\n",
                "SSH-2.0-" + "x".repeat(300) + "\r\n",
                "\0\1\2\3\n",
                "220 mail\r\n".repeat(5000),
                "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("notSsh")
    void otherProtocols_areNoSshServer(String greeting) throws Exception {
        try (RawServer server = RawServer.saying(greeting)) {
            SshException failure = failure(server.address(), SshFailure.BANNER);
            assertThat(failure.getMessage()).hasSizeLessThan(250).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void httpServer_thatWaitsForUsIsNoSshServer() throws Exception {
        try (RawServer server = new RawServer(client -> {
            RawServer.skipLine(client);
            RawServer.say(client, "HTTP/1.1 400 Bad Request\r\n");
            client.close();
        })) {
            assertThat(failure(server.address(), SshFailure.BANNER)).hasMessageContaining("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void silence_isNoSshServer() throws Exception {
        try (RawServer server = new RawServer(client -> {})) {
            assertThat(failure(server.address(), options().withTimeouts(LONG, SHORT), SshFailure.BANNER))
                    .hasMessageContaining("introduced itself within 300 ms");
        }
    }

    @Test
    void endlessSlowGreeting_isNoSshServer() throws Exception {
        try (RawServer server = new RawServer(client -> {
            while (true) {
                RawServer.say(client, "x");
                Thread.sleep(20);
            }
        })) {
            failure(server.address(), options().withTimeouts(LONG, SHORT), SshFailure.BANNER);
        }
    }

    @Test
    void halfAnIdentification_isNoSshServer() throws Exception {
        try (RawServer server = RawServer.saying("SSH-2.0-Open")) {
            failure(server.address(), options().withTimeouts(LONG, SHORT), SshFailure.BANNER);
        }
        try (RawServer server = new RawServer(client -> {
            RawServer.say(client, "SSH-2.0-Open");
            client.close();
        })) {
            assertThat(failure(server.address(), SshFailure.BANNER)).hasMessageContaining("SSH-2.0-Open");
        }
    }

    @Test
    void endlessGreetingOfShortLines_isNoSshServer() throws Exception {
        try (RawServer server = new RawServer(client -> {
            while (true) {
                RawServer.say(client, "still booting\r\n");
            }
        })) {
            assertThat(failure(server.address(), SshFailure.BANNER)).hasMessageContaining("still booting");
        }
    }

    @Test
    void bytesThatAreNoText_doNoHarm() throws Exception {
        try (TestSshServer server = TestSshServer.start();
                RawServer front = new RawServer(client -> {
                    RawServer.say(client, "\u00ff\u00fe\u00c3\u0028 \u0080\u001b[2J\r\n");
                    pipe(client, server.address());
                });
                RawServer nothingElse = new RawServer(client -> {
                    RawServer.say(client, "\u00ff\u00fe\u00c3\u0028 \u0080\u001b[2J\r\n");
                    client.close();
                })) {
            connector.connect(front.address(), server.options()).close();
            assertThat(failure(nothingElse.address(), SshFailure.BANNER).getMessage())
                    .doesNotContainPattern("[^\\x20-\\x7e]");
        }
    }

    @Test
    void silenceInTheKeyExchange_isAKeyExchangeFailure() throws Exception {
        try (RawServer server = RawServer.saying("SSH-2.0-mute\r\n")) {
            assertThat(failure(server.address(), options().withTimeouts(LONG, SHORT), SshFailure.KEY_EXCHANGE))
                    .hasMessageContaining("key exchange within 300 ms");
        }
    }

    @Test
    void silenceInTheLogin_isALostConnection() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestSshServer server = TestSshServer.start(change -> change.setPublickeyAuthenticator((user, key, s) -> {
            awaitQuietly(over);
            return false;
        }))) {
            SshOptions options = server.options().withTimeouts(LONG, Duration.ofSeconds(3));
            assertThat(failure(server.address(), options, SshFailure.CONNECTION_LOST))
                    .hasMessageContaining("login within 3 s");
            over.countDown();
        }
    }

    @Test
    void deathInTheKeyExchange_isAKeyExchangeFailure() throws Exception {
        try (RawServer server = new RawServer(client -> {
            RawServer.say(client, "SSH-2.0-frail\r\n");
            RawServer.skipLine(client);
            client.getInputStream().readNBytes(100);
            client.close();
        })) {
            failure(server.address(), SshFailure.KEY_EXCHANGE);
        }
    }

    @Test
    void nonsenseInTheKeyExchange_isAKeyExchangeFailure() throws Exception {
        try (RawServer server = RawServer.saying("SSH-2.0-mad\r\n" + "nonsense".repeat(10_000))) {
            failure(server.address(), SshFailure.KEY_EXCHANGE);
        }
    }

    @Test
    void nothingInCommon_isAKeyExchangeFailure() throws Exception {
        try (TestSshServer server = TestSshServer.start(change -> offerOnly(change, BuiltinDHFactories.dhg14_256))) {
            assertThat(failure(server.address(), server.options(), SshFailure.KEY_EXCHANGE))
                    .hasMessageContaining("diffie-hellman-group14-sha256");
        }
    }

    @Test
    void hostKeyOfAnotherAlgorithm_isNotEvenAskedFor() throws Exception {
        KeyPair pair = generate("RSA 2048");
        SshPublicKey hostKey = SshPublicKey.parse(PublicKeyEntry.toString(pair.getPublic()));
        try (TestSshServer server = TestSshServer.start(pair, hostKey, change -> {})) {
            SshOptions options = server.options().trusting(List.of(key()));
            assertThat(failure(server.address(), options, SshFailure.KEY_EXCHANGE))
                    .hasMessageContaining("HostKeyAlgorithms: [ssh-ed25519] and");
        }
    }

    @Test
    void wrongHostKey_isAMismatchThatNamesBoth() throws Exception {
        SshPublicKey expected = key();
        try (TestSshServer server = TestSshServer.start()) {
            SshOptions options = server.options().trusting(List.of(expected));
            assertThat(failure(server.address(), options, SshFailure.HOST_KEY_MISMATCH))
                    .hasMessageContaining(server.hostKey().fingerprint())
                    .hasMessageContaining(expected.fingerprint());
        }
    }

    @Test
    void wrongIdentity_isNotLetIn() throws Exception {
        SshKeyPair stranger = SshKeyPair.generate("stranger");
        try (TestSshServer server = TestSshServer.start()) {
            SshOptions options = server.options().withIdentity(stranger);
            SshException failure = failure(server.address(), options, SshFailure.AUTHENTICATION);
            assertThat(failure)
                    .hasMessageContaining("\"ubuntu\"")
                    .hasMessageContaining(stranger.publicKey().fingerprint())
                    .hasMessageContaining("publickey");
        }
    }

    @Test
    void tooManyIdentities_areNotLetIn() throws Exception {
        List<SshKeyPair> strangers =
                Stream.generate(() -> SshKeyPair.generate("stranger")).limit(40).toList();
        try (TestSshServer server = TestSshServer.start()) {
            SshOptions good = server.options();
            SshOptions options = good.withIdentities(strangers);
            failure(server.address(), options, SshFailure.AUTHENTICATION);
        }
    }

    @Test
    void deathInTheLogin_isALostConnection() throws Exception {
        AtomicReference<TestSshServer> self = new AtomicReference<>();
        try (TestSshServer server = TestSshServer.start(change -> change.setPublickeyAuthenticator((user, key, s) -> {
            self.get().cutConnections();
            return false;
        }))) {
            self.set(server);
            failure(server.address(), server.options(), SshFailure.CONNECTION_LOST);
        }
    }

    // ---- Giving up

    @Test
    void interruptBeforehand_connectsToNothing() throws Exception {
        try (RawServer server = new RawServer(client -> {})) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> connector.connect(server.address(), options()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(server.accepted()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-mute\r\n"})
    void interrupt_endsTheHandshakeAndClosesTheSocket(String greeting) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(1);
        try (RawServer server = new RawServer(client -> {
            RawServer.say(client, greeting);
            RawServer.skipLine(client);
            connected.countDown();
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            closed.countDown();
        })) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> thrown.set(catchThrowableOfType(
                    Throwable.class,
                    () -> connector.connect(server.address(), options().withTimeouts(LONG, LONG)))));
            caller.start();
            connected.await();
            caller.interrupt();
            caller.join();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            closed.await();
        }
    }

    @Test
    void interrupt_endsTheConnectToAMachineThatDoesNotAnswer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MachineAddress address = new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, server.getLocalPort());
            List<Socket> fillers = fillBacklog(server);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> thrown.set(catchThrowableOfType(
                    Throwable.class, () -> connector.connect(address, options().withTimeouts(LONG, LONG)))));
            caller.start();
            Await.until("the connect begins", () -> caller.getState() == Thread.State.RUNNABLE);
            caller.interrupt();
            caller.join();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void twoThousandFailingConnects_leaveNothingBehind() throws Exception {
        int rounds = Boolean.getBoolean("foothold.quick") ? 200 : 2000;
        SshOptions impatient = options().withTimeouts(LONG, Duration.ofMillis(20));
        try (RawServer closing = new RawServer(Socket::close);
                RawServer silent = new RawServer(client -> {});
                RawServer mute = RawServer.saying("SSH-2.0-mute\r\n");
                RawServer mad = RawServer.saying("SSH-2.0-mad\r\n" + "nonsense".repeat(100));
                TestSshServer server = TestSshServer.start()) {
            List<Attempt> attempts = List.of(
                    new Attempt(closing.address(), options()),
                    new Attempt(silent.address(), impatient),
                    new Attempt(mute.address(), impatient),
                    new Attempt(mad.address(), options()),
                    new Attempt(server.address(), server.options().trusting(List.of(key()))),
                    new Attempt(server.address(), server.options().withUser("nobody")),
                    new Attempt(closedPort(), options()));
            attempts.forEach(this::fail);
            Await.until("warmed up", () -> Await.clientThreads() == 0 && server.connections() == 0);
            long descriptors = Await.descriptors() - closing.accepted() - silent.accepted() - mute.accepted();

            for (int i = 0; i < rounds; i++) {
                fail(attempts.get(i % attempts.size()));
                // connect() has joined its threads: none may be left, not even for a moment.
                assertThat(Await.clientThreads())
                        .as("threads after attempt %d", i)
                        .isZero();
            }
            closing.dropClients();
            silent.dropClients();
            mute.dropClients();
            mad.dropClients();
            Await.until("descriptors return to " + descriptors, () -> Await.descriptors() <= descriptors);
        }
    }

    private static MachineAddress closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, free.getLocalPort());
        }
    }

    private record Attempt(MachineAddress address, SshOptions options) {}

    private void fail(Attempt attempt) {
        assertThatThrownBy(() -> connector.connect(attempt.address(), attempt.options()))
                .isInstanceOf(SshException.class);
    }

    private SshException failure(MachineAddress address, SshFailure expected) {
        return failure(address, options(), expected);
    }

    private SshException failure(MachineAddress address, SshOptions options, SshFailure expected) {
        SshException failure = catchThrowableOfType(SshException.class, () -> connector.connect(address, options));
        assertThat(failure).as("the connect must fail").isNotNull();
        assertThat(failure.failure()).as(failure.toString()).isEqualTo(expected);
        String key =
                TestSshServer.USER.privateKeyText().lines().skip(2).findFirst().orElseThrow();
        assertThat(failure).message().doesNotContain(key);
        return failure;
    }

    private static SshOptions options() {
        return SshOptions.defaults()
                .withIdentity(TestSshServer.USER)
                .trusting(List.of(key()))
                .withTimeouts(LONG, LONG);
    }

    private static SshPublicKey key() {
        return SshKeyPair.generate("expected").publicKey();
    }

    private static KeyPair generate(String spec) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(spec.substring(0, spec.indexOf(' ')));
        generator.initialize(Integer.parseInt(spec.substring(spec.indexOf(' ') + 1)));
        return generator.generateKeyPair();
    }

    private static void offerOnly(SshServer server, BuiltinDHFactories exchange) {
        List<KeyExchangeFactory> factories =
                NamedFactory.setUpTransformedFactories(false, List.of(exchange), ServerBuilder.DH2KEX);
        server.setKeyExchangeFactories(factories);
    }

    /** Lets connections wait until the kernel takes no more of them, which is what a machine behind a filter does. */
    private static List<Socket> fillBacklog(ServerSocket server) throws IOException {
        List<Socket> fillers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(server.getLocalSocketAddress(), 200);
            } catch (IOException full) {
                return fillers;
            }
        }
        return fillers;
    }

    private static void pipe(Socket client, MachineAddress target) throws IOException {
        Socket server = new Socket(target.value(), target.sshPort());
        Thread back = new Thread(() -> {
            try (server) {
                server.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                // One side has gone.
            }
        });
        back.setDaemon(true);
        back.start();
        client.getInputStream().transferTo(server.getOutputStream());
        server.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
