package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.Seeds;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Waiting for a machine, on virtual time: hours pass in milliseconds, and every order is tried. */
class WaitSshTest {

    private static final MachineAddress PUBLIC = MachineAddress.of("198.51.100.7", AddressScope.PUBLIC);
    private static final MachineAddress PRIVATE = MachineAddress.of("10.0.0.7", AddressScope.CLOUD_LOCAL);
    private static final WaitOptions OPTIONS = WaitOptions.defaults().within(Duration.ofMinutes(20));

    private Timeline timeline = Timeline.virtual(1);
    private Instant start = timeline.now();
    private final List<Event> events = new ArrayList<>();
    private final Machines machines = new Machines();

    private SshSession await(Instance first, InstanceRefresher refresher) throws InterruptedException {
        return new WaitSsh(machines)
                .await(
                        first,
                        refresher,
                        HostSshOptions.defaults(),
                        "check",
                        OPTIONS,
                        new OperationContext("op", "bootstrap", ModelSettings.create("m"), timeline, events::add));
    }

    private SshSession await(Instance instance) throws InterruptedException {
        return await(instance, () -> instance);
    }

    private static Instance running(MachineAddress... addresses) {
        return Instance.of("i-1", InstanceStatus.RUNNING).at(addresses);
    }

    private Duration elapsed() {
        return Duration.between(start, timeline.now());
    }

    @Test
    void theAddressThatProvesItselfWins() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(40));

        SshSession session = await(running(PRIVATE, PUBLIC));

        assertThat(session.address()).isEqualTo(PUBLIC);
        assertThat(elapsed()).isBetween(Duration.ofSeconds(40), Duration.ofMillis(40_200));
        assertThat(machines.open).containsExactly(session);
    }

    @Test
    void oneIsLeftOpenWhicheverIsFirst() {
        Seeds.forEach(200, seed -> {
            timeline = Timeline.virtual(seed);
            Machines both = new Machines();
            both.refusesUntil(PUBLIC, Duration.ofSeconds(3));
            both.refusesUntil(PRIVATE, Duration.ofSeconds(3));
            SshSession session = new WaitSsh(both)
                    .await(
                            running(PUBLIC, PRIVATE),
                            () -> running(PUBLIC, PRIVATE),
                            HostSshOptions.defaults(),
                            "check",
                            OPTIONS,
                            new OperationContext("op", "bootstrap", ModelSettings.create("m"), timeline, events::add));
            assertThat(both.open).containsExactly(session);
        });
    }

    @Test
    void addressesThatComeLaterAreTried() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        SshSession session =
                await(running(), () -> elapsed().compareTo(Duration.ofMinutes(5)) < 0 ? running() : running(PUBLIC));

        assertThat(session.address()).isEqualTo(PUBLIC);
        assertThat(elapsed())
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(11));
    }

    @Test
    void anAddressThatVanishesIsTriedNoMore() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofMinutes(2));
        machines.refusesUntil(PRIVATE, Duration.ofMinutes(10));

        SshSession session = await(
                running(PUBLIC, PRIVATE),
                () -> elapsed().compareTo(Duration.ofMinutes(1)) < 0 ? running(PUBLIC, PRIVATE) : running(PRIVATE));

        assertThat(session.address()).isEqualTo(PRIVATE);
    }

    @Test
    void theSameHostAndPortIsTriedOnce() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(1));

        await(running(PUBLIC, MachineAddress.of(PUBLIC.value(), AddressScope.UNKNOWN)));

        assertThat(events).filteredOn(Event.Connecting.class::isInstance).hasSize(1);
    }

    @Test
    void addressesOfTheMachineItselfAreNeverDialled() {
        MachineAddress loopback = MachineAddress.of("127.0.0.1", AddressScope.MACHINE_LOCAL);
        MachineAddress link = MachineAddress.of("fe80::1", AddressScope.LINK_LOCAL);

        assertThatThrownBy(() -> await(running(loopback, link)))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("without getting any addresses");
    }

    @Test
    void aRefreshThatFailsOnceDoesNotEndTheWait() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(1));
        List<String> asked = new ArrayList<>();

        SshSession session = await(running(), () -> {
            asked.add("again");
            if (asked.size() == 1) {
                throw new FootholdException("not listed yet");
            }
            return running(PUBLIC);
        });

        assertThat(session.address()).isEqualTo(PUBLIC);
    }

    @Test
    void aMachineThatTheCloudGaveUpEndsTheWaitWithItsReason() {
        assertThatThrownBy(() -> await(
                        running(),
                        () -> Instance.of("i-1", InstanceStatus.PROVISIONING_ERROR)
                                .saying("no such image")))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll("i-1", "no such image");
        assertThat(elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anotherMachinesHostKeyOnEveryAddressEndsTheWaitAtOnce() {
        machines.failures.put(PUBLIC, SshFailure.HOST_KEY_MISMATCH);
        machines.failures.put(PRIVATE, SshFailure.HOST_KEY_MISMATCH);

        assertThatThrownBy(() -> await(running(PUBLIC, PRIVATE)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll(PUBLIC.hostAndPort(), PRIVATE.hostAndPort());
        assertThat(elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anotherMachinesHostKeyOnOneAddressIsFinalForThatOneOnly() throws Exception {
        machines.failures.put(PRIVATE, SshFailure.HOST_KEY_MISMATCH);
        machines.refusesUntil(PUBLIC, Duration.ofMinutes(1));

        assertThat(await(running(PRIVATE, PUBLIC)).address()).isEqualTo(PUBLIC);
        assertThat(machines.attempts.get(PRIVATE)).isEqualTo(1);
    }

    @Test
    void aServerIsNotKnockedAtHardOnceItHasAnswered() {
        machines.failures.put(PUBLIC, SshFailure.AUTHENTICATION);

        assertThatThrownBy(() -> await(running(PUBLIC))).isInstanceOf(WaitTimeoutException.class);
        assertThat(machines.attempts.get(PUBLIC)).isLessThan(20 * 60 / 5 + 5);
    }

    @Test
    void whenTheTimeIsOverEveryAddressSaysWhatItAnsweredLast() {
        machines.failures.put(PUBLIC, SshFailure.AUTHENTICATION);

        assertThatThrownBy(() -> await(running(PUBLIC, PRIVATE)))
                .isInstanceOfSatisfying(WaitTimeoutException.class, e -> {
                    assertThat(e.verdicts()).containsOnlyKeys(PUBLIC, PRIVATE);
                    assertThat(e.verdicts().get(PUBLIC)).contains("AUTHENTICATION");
                    assertThat(e.verdicts().get(PRIVATE)).contains("REFUSED");
                })
                .hasMessageContaining("waited for 20m0s for instance i-1");
        assertThat(elapsed()).isEqualTo(Duration.ofMinutes(20));
        assertThat(machines.open).isEmpty();
    }

    @Test
    void theNonceIsAskedForOverTheSameConnectionUntilItIsThere() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.nonceAfter = Duration.ofMinutes(3);

        await(running(PUBLIC));

        assertThat(machines.attempts.get(PUBLIC)).isEqualTo(1);
        assertThat(elapsed())
                .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(3).plusSeconds(1));
        assertThat(events)
                .filteredOn(Event.NotYet.class::isInstance)
                .as("the same answer is told once")
                .hasSize(1);
    }

    @Test
    void interruptionEndsTheWaitAtOnceAndLeavesNothingOpen() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.nonceAfter = Duration.ofHours(1);
        try (Scope scope = timeline.open("test", Duration.ofHours(2))) {
            Task<SshSession> waiting = scope.fork("wait", () -> await(running(PUBLIC)));
            timeline.sleep(Duration.ofMinutes(1));
            waiting.cancel();
            scope.awaitAll();

            assertThatThrownBy(waiting::result)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(elapsed()).isLessThan(Duration.ofSeconds(62));
        assertThat(machines.open).isEmpty();
    }

    /** Machines by address: refused at first, then answering, with a nonce that may come late. */
    private final class Machines implements SshConnector {

        private final Map<MachineAddress, Instant> up = new HashMap<>();
        private final Map<MachineAddress, SshFailure> failures = new HashMap<>();
        private final Map<MachineAddress, Integer> attempts = new HashMap<>();
        private final List<SshSession> open = new ArrayList<>();
        private final Instant born = timeline.now();
        private Duration nonceAfter = Duration.ZERO;

        void refusesUntil(MachineAddress address, Duration after) {
            up.put(address, born.plus(after));
        }

        @Override
        public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
            attempts.merge(address, 1, Integer::sum);
            timeline.sleep(Duration.ofMillis(5));
            SshFailure failure = failures.get(address);
            Instant answersFrom = up.get(address);
            if (failure == null && (answersFrom == null || timeline.now().isBefore(answersFrom))) {
                failure = SshFailure.REFUSED;
            }
            if (failure != null) {
                throw new SshException(failure, address, failure.name(), null);
            }
            SshSession session = new MachineSession(address);
            open.add(session);
            return session;
        }

        private final class MachineSession implements SshSession {

            private final MachineAddress address;

            MachineSession(MachineAddress address) {
                this.address = address;
            }

            @Override
            public MachineAddress address() {
                return address;
            }

            @Override
            public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
                timeline.sleep(Duration.ofMillis(2));
                if (timeline.now().isBefore(born.plus(nonceAfter))) {
                    byte[] message = "no nonce yet\n".getBytes(StandardCharsets.UTF_8);
                    output.accept(SshOutput.Stream.ERR, message, message.length);
                    return new SshResult(1, "");
                }
                return new SshResult(0, "");
            }

            @Override
            public void close() {
                open.remove(this);
            }
        }
    }
}
