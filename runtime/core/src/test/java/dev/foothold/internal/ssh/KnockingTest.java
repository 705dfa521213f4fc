package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.simulator.machine.BrokenPort;
import dev.foothold.ssh.KnockListener;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.TestSshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Knocking at real ports of the loopback interface. */
@Timeout(120)
class KnockingTest {

    private static final Knocking SHORT = Knocking.defaults().within(Duration.ofMillis(700));
    private static final Knocking LONG = Knocking.defaults().within(Duration.ofSeconds(60));

    private final SshjConnector connector = new SshjConnector();
    private final Listener listener = new Listener();

    @AfterEach
    void noThreadOfTheClientIsLeft() throws InterruptedException {
        Await.until("the client's threads end", () -> Await.clientThreads() == 0);
    }

    @Test
    void theSocketThatWasAcceptedIsTheOneThatIsUsed() throws Exception {
        AtomicInteger sessions = new AtomicInteger();
        try (TestSshServer server = TestSshServer.start(change -> change.addSessionListener(counting(sessions)));
                SshSession session = connector.connect(server.address(), server.options(), LONG, listener)) {
            assertThat(session.address()).isEqualTo(server.address());
        }
        assertThat(sessions).as("connections the server has seen").hasValue(1);
        assertThat(listener.accepted).hasValue(1);
        assertThat(listener.reasons).isEmpty();
    }

    @Test
    void aPortThatOpensLaterIsFoundSoon() throws Exception {
        AtomicInteger sessions = new AtomicInteger();
        MachineAddress address = closedPort();
        FutureTask<SshSession> knocking = start(() -> connector.connect(address, options(), LONG, listener));
        Await.until("it is refused", () -> !listener.reasons.isEmpty());
        try (TestSshServer server = TestSshServer.start(change -> {
            change.setPort(address.sshPort());
            change.addSessionListener(counting(sessions));
        })) {
            SshException stranger = catchThrowableOfType(SshException.class, () -> result(knocking));
            assertThat(stranger.failure()).isEqualTo(SshFailure.HOST_KEY_MISMATCH);
            assertThat(server.address()).isEqualTo(address);
        }
        assertThat(sessions).as("connections the server has seen").hasValue(1);
        assertThat(listener.reasons).extracting(SshException::failure).containsExactly(SshFailure.REFUSED);
    }

    @Test
    void whatIsNeverAcceptedEndsWithTheLastReason() throws Exception {
        MachineAddress address = closedPort();
        long start = System.nanoTime();

        SshException failure =
                catchThrowableOfType(SshException.class, () -> connector.connect(address, options(), SHORT, listener));

        assertThat(failure.failure()).isEqualTo(SshFailure.REFUSED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.budget(), Duration.ofSeconds(20));
        assertThat(listener.reasons).as("told once, for it did not change").hasSize(1);
        assertThat(listener.accepted).hasValue(0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBlackHoleTimesOut() throws Exception {
        MachineAddress address = closedPort();
        BrokenPort hole = BrokenPort.open(
                new InetSocketAddress(address.value(), address.sshPort()), BrokenPort.Manner.BLACK_HOLE);
        try (hole) {
            Knocking knocking = Knocking.defaults().within(Duration.ofSeconds(2));
            SshException failure = catchThrowableOfType(
                    SshException.class, () -> connector.connect(address, options(), knocking, listener));

            assertThat(failure.failure()).isEqualTo(SshFailure.TIMED_OUT);
            assertThat(listener.reasons).extracting(SshException::failure).containsExactly(SshFailure.TIMED_OUT);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBlackHoleThatOpensIsFoundByTheNextConnect() throws Exception {
        MachineAddress address = closedPort();
        BrokenPort hole = BrokenPort.open(
                new InetSocketAddress(address.value(), address.sshPort()), BrokenPort.Manner.BLACK_HOLE);
        FutureTask<SshSession> knocking = start(() -> connector.connect(address, options(), LONG, listener));
        try (hole) {
            Await.until("nothing answers", () -> !listener.reasons.isEmpty());
        }
        try (TestSshServer server = TestSshServer.start(change -> change.setPort(address.sshPort()))) {
            SshException stranger = catchThrowableOfType(SshException.class, () -> result(knocking));
            assertThat(stranger.failure()).isEqualTo(SshFailure.HOST_KEY_MISMATCH);
            assertThat(server.address()).isEqualTo(address);
        }
    }

    @Test
    void everyAddressOfANameIsTried() throws Exception {
        // Where localhost is ::1 as well, nothing listens there.
        try (TestSshServer server = TestSshServer.start()) {
            MachineAddress name = new MachineAddress(
                    "localhost", AddressScope.MACHINE_LOCAL, server.address().sshPort());
            connector.connect(name, server.options(), LONG, listener).close();
            connector.connect(name, server.options()).close();
        }
    }

    @Test
    void addressesOfVersion6AreConnectedTo() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("::1"))) {
            MachineAddress address = new MachineAddress("::1", AddressScope.MACHINE_LOCAL, server.getLocalPort());
            FutureTask<SshSession> knocking = start(() -> connector.connect(address, options(), LONG, listener));
            server.accept().close();

            SshException failure = catchThrowableOfType(SshException.class, () -> result(knocking));
            assertThat(failure.failure()).isEqualTo(SshFailure.THROTTLED);
            assertThat(failure).hasMessageStartingWith("[::1]:" + server.getLocalPort());
        } catch (IOException e) {
            Assumptions.abort("there is no IPv6 here: " + e.getMessage());
        }
    }

    @Test
    void aNameThatNobodyKnowsIsAskedForAgain() throws Exception {
        MachineAddress nobody = new MachineAddress("nobody.invalid", AddressScope.PUBLIC, 22);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread knocker = new Thread(() -> thrown.set(
                catchThrowableOfType(Throwable.class, () -> connector.connect(nobody, options(), LONG, listener))));
        knocker.start();
        // However long the name service takes for it.
        Await.until("it is said", () -> !listener.reasons.isEmpty());
        assertThat(knocker.isAlive()).as("it goes on").isTrue();
        knocker.interrupt();
        knocker.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(listener.reasons).singleElement().satisfies(reason -> {
            assertThat(reason.failure()).isEqualTo(SshFailure.REFUSED);
            assertThat(reason).hasMessageContaining("\"nobody.invalid\" is not known");
        });
    }

    @Test
    void interruptionEndsItAndLeavesNothingOpen() throws Exception {
        MachineAddress address = closedPort();
        long descriptors = Await.descriptors();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread knocker = new Thread(() -> thrown.set(
                catchThrowableOfType(Throwable.class, () -> connector.connect(address, options(), LONG, listener))));
        knocker.start();
        Await.until("it is refused", () -> !listener.reasons.isEmpty());
        knocker.interrupt();
        knocker.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        Await.until("descriptors return to " + descriptors, () -> Await.descriptors() <= descriptors);
    }

    @Test
    void whoMustPauseDoesSoBetweenTheConnectAndTheHandshake() throws Exception {
        try (RawServer server = new RawServer(client -> {})) {
            KnockListener impatient = new KnockListener() {
                @Override
                public void notYet(SshException reason) {}

                @Override
                public void accepted() throws InterruptedException {
                    throw new InterruptedException("called off");
                }
            };
            assertThatThrownBy(() -> connector.connect(server.address(), options(), LONG, impatient))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("called off");
        }
    }

    @Test
    void handshakesWithOneServerAreFewAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (TestSshServer server = TestSshServer.start(change -> change.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
            }

            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.Authenticated) {
                    now.decrementAndGet();
                }
            }
        }))) {
            List<FutureTask<SshSession>> all = IntStream.range(0, 20)
                    .mapToObj(i -> start(() -> i % 2 == 0
                            ? connector.connect(server.address(), server.options())
                            : new SshjConnector().connect(server.address(), server.options())))
                    .toList();
            for (FutureTask<SshSession> one : all) {
                one.get().close();
            }
            assertThat(most).as("connections that had not logged in yet").hasPositiveValue();
            assertThat(most.get()).isLessThanOrEqualTo(Turnstile.PER_SERVER);
        }
    }

    private static SessionListener counting(AtomicInteger sessions) {
        return new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                sessions.incrementAndGet();
            }
        };
    }

    private static SshOptions options() {
        return SshOptions.defaults()
                .withIdentity(TestSshServer.USER)
                .trusting(List.of(SshKeyPair.generate("expected").publicKey()));
    }

    private static void result(FutureTask<SshSession> task) throws Throwable {
        try {
            task.get().close();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static MachineAddress closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, free.getLocalPort());
        }
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "knocker");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static final class Listener implements KnockListener {

        private final List<SshException> reasons = new CopyOnWriteArrayList<>();
        private final AtomicInteger accepted = new AtomicInteger();

        @Override
        public void notYet(SshException reason) {
            reasons.add(reason);
        }

        @Override
        public void accepted() {
            accepted.incrementAndGet();
        }
    }
}
