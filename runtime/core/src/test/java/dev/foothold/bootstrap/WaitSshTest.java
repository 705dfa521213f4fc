package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.KnockListener;
import dev.foothold.ssh.Knocking;
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
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
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

    private MachineWait prepare(Instance first, InstanceRefresher refresher, WaitOptions options) {
        return new WaitSsh(machines)
                .prepare(
                        first,
                        refresher,
                        HostSshOptions.defaults(),
                        "check",
                        options,
                        new OperationContext("op", "bootstrap", ModelSettings.create("m"), timeline, events::add));
    }

    private SshSession await(Instance first, InstanceRefresher refresher) throws InterruptedException {
        return prepare(first, refresher, OPTIONS).await();
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
    @Tag("D-10")
    void anAddressThatVanishesIsTriedNoMore() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofMinutes(2));
        machines.refusesUntil(PRIVATE, Duration.ofMinutes(10));

        SshSession session = await(
                running(PUBLIC, PRIVATE),
                () -> elapsed().compareTo(Duration.ofMinutes(1)) < 0 ? running(PUBLIC, PRIVATE) : running(PRIVATE));

        assertThat(session.address()).isEqualTo(PRIVATE);
    }

    @Test
    @Tag("D-9")
    void theSameHostAndPortIsTriedOnce() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(1));

        await(running(PUBLIC, MachineAddress.of(PUBLIC.value(), AddressScope.UNKNOWN)));

        assertThat(events).filteredOn(Event.Connecting.class::isInstance).hasSize(1);
    }

    @Test
    @Tag("D-10")
    void addressesOfTheMachineItselfAreNeverDialled() {
        MachineAddress loopback = MachineAddress.of("127.0.0.1", AddressScope.MACHINE_LOCAL);
        MachineAddress link = MachineAddress.of("fe80::1", AddressScope.LINK_LOCAL);

        assertThatThrownBy(() -> await(running(loopback, link)))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("without getting any addresses");
    }

    @Test
    @Tag("D-12")
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
        machines.failures.put(PUBLIC, SshFailure.BANNER);

        assertThatThrownBy(() -> await(running(PUBLIC))).isInstanceOf(WaitTimeoutException.class);
        assertThat(machines.attempts.get(PUBLIC)).isLessThan(20 * 60 / 5 + 5);
    }

    @Test
    void afterAFailurePastTcpThePausesGrowAndAreNeverShortened() {
        machines.failures.put(PUBLIC, SshFailure.KEY_EXCHANGE);

        assertThatThrownBy(() -> await(running(PUBLIC))).isInstanceOf(WaitTimeoutException.class);
        List<Duration> pauses = machines.pausesAt(PUBLIC);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1210));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(2000), Duration.ofMillis(2410));
        assertThat(pauses.get(2)).isBetween(Duration.ofMillis(4000), Duration.ofMillis(4810));
        assertThat(pauses.subList(3, pauses.size()))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(5000), Duration.ofMillis(6010)));
        assertThat(pauses.subList(3, pauses.size())).doesNotHaveDuplicates();
    }

    @Test
    void whatIsRefusedOrUnansweredIsTriedAgainAtOnce() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(10));

        await(running(PUBLIC));

        assertThat(machines.pausesAt(PUBLIC)).allMatch(pause -> pause.compareTo(Duration.ofMillis(110)) < 0);
    }

    @Test
    void aLoginThatIsRefusedJustAfterBootIsTriedAgain() throws Exception {
        machines.fails(PUBLIC, SshFailure.AUTHENTICATION, Duration.ofSeconds(80));

        assertThat(await(running(PUBLIC)).address()).isEqualTo(PUBLIC);
        assertThat(elapsed()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(87));
    }

    @Test
    void aLoginThatStaysRefusedIsFinalLongBeforeTheTimeIsOver() {
        machines.fails(PUBLIC, SshFailure.REFUSED, Duration.ofMinutes(5));
        machines.failures.put(PUBLIC, SshFailure.AUTHENTICATION);

        assertThatThrownBy(() -> await(running(PUBLIC)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll(PUBLIC.hostAndPort(), "AUTHENTICATION", "1m30s")
                .hasRootCauseInstanceOf(SshException.class);
        assertThat(elapsed())
                .as("the budget begins when the host key is seen, not with the wait")
                .isBetween(Duration.ofSeconds(390), Duration.ofSeconds(397));
    }

    @Test
    void aLoginThatStaysRefusedOnOneAddressLeavesTheOthers() throws Exception {
        machines.failures.put(PRIVATE, SshFailure.AUTHENTICATION);
        machines.refusesUntil(PUBLIC, Duration.ofMinutes(10));

        assertThat(await(running(PRIVATE, PUBLIC)).address()).isEqualTo(PUBLIC);
        assertThat(machines.attempts.get(PRIVATE)).isLessThan(25);
    }

    @Test
    void aWrongNonceIsFinalAfterAWhile() {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.says = at -> "/x/nonce.txt contents do not match machine nonce";

        assertThatThrownBy(() -> await(running(PUBLIC)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll(PUBLIC.hostAndPort(), "do not match");
        assertThat(elapsed()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
        assertThat(machines.open).isEmpty();
    }

    @Test
    void aNonceThatIsOnlyHalfWrittenIsAskedForAgain() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.says = at -> {
            if (at.compareTo(Duration.ofMinutes(10)) < 0) {
                return "/x/nonce.txt does not exist";
            }
            return at.compareTo(Duration.ofMinutes(11)) < 0 ? "/x/nonce.txt contents do not match machine nonce" : "";
        };

        assertThat(await(running(PUBLIC)).address()).isEqualTo(PUBLIC);
    }

    @Test
    void whenTheNonceIsMissingTheMachineIsAskedWhatItIsDoing() {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.says = at -> "/x/nonce.txt does not exist";
        machines.firstBoot =
                "{\"status\": \"running\", \"extended_status\": \"running\", \"errors\": [\"no network\"]}\n"
                        + "\n---- end of status\nGet:1 packages\nGet:2 more packages\n";

        assertThatThrownBy(() -> await(running(PUBLIC)))
                .isInstanceOfSatisfying(WaitTimeoutException.class, e -> {
                    AddressVerdict verdict = e.verdicts().get(PUBLIC);
                    assertThat(verdict.verdict()).isEqualTo(Verdict.NONCE_ABSENT);
                    assertThat(verdict.firstBoot()).contains("running", "no network", "Get:2 more packages");
                })
                .hasMessageContainingAll("does not exist", "running", "no network", "Get:2 more packages");
        assertThat(machines.diagnoses).isBetween(20 * 60 / 16, 20 * 60 / 15 + 1);
    }

    @Test
    void whenTheFirstBootIsOverWithoutANonceWaitingIsOfNoUse() {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.says = at -> "/x/nonce.txt does not exist";
        machines.firstBoot = "{\"status\": \"error\", \"extended_status\": \"error - done\", \"errors\": []}\n"
                + "\n---- end of status\nbad runcmd\n";

        assertThatThrownBy(() -> await(running(PUBLIC)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll("does not exist", "the first boot is over", "error - done", "bad runcmd");
        assertThat(elapsed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aCommandThatFailsInAnotherWayIsSaidAsItIs() {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        machines.says = at -> "Please login as the user \"admin\"";

        assertThatThrownBy(() -> await(running(PUBLIC)))
                .isInstanceOfSatisfying(
                        WaitTimeoutException.class,
                        e -> assertThat(e.verdicts().get(PUBLIC).verdict()).isEqualTo(Verdict.COMMAND_FAILED))
                .hasMessageContaining("Please login as the user");
    }

    @Test
    void optionsThatAreOfNoUseEndTheWaitAtOnce() {
        SshConnector strict = (address, options) -> {
            throw new IllegalArgumentException(address + ": there is no host key to recognise the machine by");
        };

        assertThatThrownBy(() -> new WaitSsh(strict)
                        .await(
                                running(PUBLIC),
                                () -> running(PUBLIC),
                                HostSshOptions.defaults(),
                                "check",
                                OPTIONS,
                                new OperationContext(
                                        "op", "bootstrap", ModelSettings.create("m"), timeline, events::add)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("no host key to recognise the machine by");
        assertThat(elapsed()).isZero();
    }

    @Test
    void whenTheLastHopefulAddressVanishesWaitingIsOfNoUse() {
        machines.failures.put(PUBLIC, SshFailure.HOST_KEY_MISMATCH);

        assertThatThrownBy(() -> await(
                        running(PUBLIC, PRIVATE),
                        () -> elapsed().compareTo(Duration.ofMinutes(1)) < 0
                                ? running(PUBLIC, PRIVATE)
                                : running(PUBLIC)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("HOST_KEY_MISMATCH");
        assertThat(elapsed()).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void whyItStillWaitsCanBeAskedAtAnyMoment() throws Exception {
        machines.fails(PUBLIC, SshFailure.AUTHENTICATION, Duration.ofSeconds(70));
        MachineWait wait = prepare(
                running(PUBLIC, PRIVATE),
                () -> elapsed().compareTo(Duration.ofSeconds(30)) < 0 ? running(PUBLIC, PRIVATE) : running(PUBLIC),
                OPTIONS);
        assertThat(wait.report().describe())
                .isEqualTo("waited 0ms for instance i-1 (20m0s left): it has no addresses yet");
        try (Scope scope = timeline.open("test", Duration.ofHours(2))) {
            scope.fork("wait", wait::await);
            timeline.sleep(Duration.ofSeconds(60));

            WaitReport report = wait.report();
            assertThat(report.waited()).isEqualTo(Duration.ofSeconds(60));
            assertThat(report.left()).isEqualTo(Duration.ofMinutes(19));
            assertThat(report.addresses()).extracting(AddressVerdict::address).containsExactly(PUBLIC, PRIVATE);
            assertThat(report.addresses().get(0))
                    .returns(Verdict.AUTHENTICATION, AddressVerdict::verdict)
                    .returns(true, AddressVerdict::isListed)
                    .satisfies(verdict -> assertThat(verdict.left())
                            .as("its own budget")
                            .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31)));
            assertThat(report.addresses().get(1))
                    .returns(Verdict.REFUSED, AddressVerdict::verdict)
                    .returns(false, AddressVerdict::isListed);
            assertThat(report.describe())
                    .contains("waited 1m0s", "19m0s left", PUBLIC.hostAndPort(), "(no longer listed)");
            scope.awaitAll();
        }
        assertThat(wait.report().addresses().get(0).verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void aWaitIsOverWhenItIsOver() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ZERO);
        MachineWait wait = prepare(running(PUBLIC), () -> running(PUBLIC), OPTIONS);
        wait.await();

        assertThatThrownBy(wait::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("i-1");
    }

    @Test
    void everyVerdictIsToldWhenItChanges() throws Exception {
        machines.fails(PUBLIC, SshFailure.BANNER, Duration.ofSeconds(9));
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(20));

        await(running(PUBLIC));

        assertThat(events)
                .filteredOn(Event.NotYet.class::isInstance)
                .extracting(event -> ((Event.NotYet) event).verdict())
                .containsExactly(PUBLIC.hostAndPort() + ": BANNER", PUBLIC.hostAndPort() + ": REFUSED");
    }

    @Test
    @Tag("D-12")
    void addressesThatCannotBeReadAreReadAgainUntilTheTimeIsOver() {
        assertThatThrownBy(() -> await(running(), () -> {
                    throw new CloudException(CloudException.Kind.THROTTLED, "slow down");
                }))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContainingAll("without getting any addresses", "slow down")
                .hasCauseInstanceOf(CloudException.class);
        assertThat(elapsed()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void aCredentialThatIsRefusedEndsAWaitForTheFirstAddress() {
        assertThatThrownBy(() -> await(running(), () -> {
                    throw new CloudException(CloudException.Kind.CREDENTIAL_INVALID, "who are you?");
                }))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("who are you?");
        assertThat(elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aCredentialThatIsRefusedDoesNotEndAWaitForAMachineThatBoots() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofMinutes(1));

        SshSession session = await(running(PUBLIC), () -> {
            throw new CloudException(CloudException.Kind.CREDENTIAL_EXPIRED, "too late");
        });

        assertThat(session.address()).isEqualTo(PUBLIC);
    }

    @Test
    @Tag("D-13")
    void aDeadlineIsATimeoutWithItsReasonAndNeverACancellation() {
        assertThatThrownBy(() -> prepare(running(PUBLIC), () -> running(PUBLIC), OPTIONS.within(Duration.ofSeconds(30)))
                        .await())
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContainingAll("waited for 30s", PUBLIC.hostAndPort(), "REFUSED")
                .hasCauseInstanceOf(SshException.class);
    }

    @Test
    @Tag("D-7")
    void theTimeoutIsTheBoundEvenForAttemptsThatWouldTakeLonger() {
        machines.connectTime = Duration.ofHours(1);

        assertThatThrownBy(() -> await(running(PUBLIC))).isInstanceOf(WaitTimeoutException.class);
        assertThat(elapsed()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    @Tag("D-11")
    void aProofIsNoticedWhileTheAddressesAreRead() throws Exception {
        machines.refusesUntil(PUBLIC, Duration.ofSeconds(5));

        await(running(PUBLIC), () -> {
            timeline.sleep(Duration.ofHours(1));
            return running(PUBLIC);
        });

        assertThat(elapsed()).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aServerThatKeepsAnAccountIsNeverAnnoyed() {
        Seeds.forEach(200, seed -> {
            timeline = Timeline.virtual(seed);
            start = timeline.now();
            StrictServer server = new StrictServer(timeline, Duration.ofSeconds(75));
            MachineAddress third = MachineAddress.of("10.0.0.8");
            MachineAddress fourth = MachineAddress.of("10.0.0.9");
            SshSession session = new WaitSsh(server)
                    .await(
                            running(PUBLIC, PRIVATE, third, fourth),
                            () -> running(PUBLIC, PRIVATE, third, fourth),
                            HostSshOptions.defaults(),
                            "check",
                            OPTIONS,
                            new OperationContext(
                                    "op-" + seed, "bootstrap", ModelSettings.create("m"), timeline, events::add));

            assertThat(server.turnedAway).as("attempts that were turned away").isZero();
            assertThat(server.failedLogins).isGreaterThan(10);
            assertThat(session.address()).isNotNull();
            assertThat(elapsed()).isLessThan(Duration.ofSeconds(75 + 6));
        });
    }

    @Test
    @Tag("D-8")
    void whenTheTimeIsOverEveryAddressSaysWhatItAnsweredLast() {
        machines.failures.put(PUBLIC, SshFailure.AUTHENTICATION);

        assertThatThrownBy(() -> await(running(PUBLIC, PRIVATE)))
                .isInstanceOfSatisfying(WaitTimeoutException.class, e -> {
                    assertThat(e.verdicts()).containsOnlyKeys(PUBLIC, PRIVATE);
                    assertThat(e.verdicts().get(PUBLIC).verdict()).isEqualTo(Verdict.AUTHENTICATION);
                    assertThat(e.verdicts().get(PRIVATE).verdict()).isEqualTo(Verdict.REFUSED);
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
        private final Map<MachineAddress, List<Instant>> times = new HashMap<>();
        private final Map<MachineAddress, SshFailure> passing = new HashMap<>();
        private final Map<MachineAddress, Instant> passed = new HashMap<>();
        private final List<SshSession> open = new ArrayList<>();
        private final Instant born = timeline.now();
        private Duration nonceAfter = Duration.ZERO;
        private Duration connectTime = Duration.ofMillis(5);
        private Function<Duration, String> says = at -> at.compareTo(nonceAfter) < 0 ? "no nonce yet" : "";
        private String firstBoot = "";
        private int diagnoses;

        /** Fails in this way for a while, and answers then unless told otherwise. */
        void fails(MachineAddress address, SshFailure failure, Duration until) {
            passing.put(address, failure);
            passed.put(address, born.plus(until));
            up.putIfAbsent(address, born);
        }

        List<Duration> pausesAt(MachineAddress address) {
            List<Duration> pauses = new ArrayList<>();
            List<Instant> at = times.get(address);
            for (int i = 1; i < at.size(); i++) {
                pauses.add(Duration.between(at.get(i - 1), at.get(i)).minus(connectTime));
            }
            return pauses;
        }

        void refusesUntil(MachineAddress address, Duration after) {
            up.put(address, born.plus(after));
        }

        @Override
        public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
            attempts.merge(address, 1, Integer::sum);
            times.computeIfAbsent(address, unused -> new ArrayList<>()).add(timeline.now());
            timeline.sleep(connectTime);
            SshFailure failure = failures.get(address);
            if (passed.containsKey(address) && timeline.now().isBefore(passed.get(address))) {
                failure = passing.get(address);
            }
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
                boolean check = new String(command.input(), StandardCharsets.UTF_8).equals("check");
                diagnoses += check ? 0 : 1;
                String said = check ? says.apply(Duration.between(born, timeline.now())) : firstBoot;
                if (said.isEmpty()) {
                    return new SshResult(0, "");
                }
                byte[] message = (said + "\n").getBytes(StandardCharsets.UTF_8);
                output.accept(check ? SshOutput.Stream.ERR : SshOutput.Stream.OUT, message, message.length);
                return new SshResult(check ? 1 : 0, "");
            }

            @Override
            public void close() {
                open.remove(this);
            }
        }
    }

    /** One server behind every address, which lets nobody in for a while and keeps the accounts of OpenSSH. */
    private static final class StrictServer implements SshConnector {

        private static final Duration FAILED_LOGIN = Duration.ofSeconds(5);
        private static final Duration LIMIT = Duration.ofSeconds(15);

        private final Timeline timeline;
        private final Instant letsInFrom;
        private Instant paidOff;
        private boolean angry;
        private int failedLogins;
        private int turnedAway;

        StrictServer(Timeline timeline, Duration after) {
            this.timeline = timeline;
            this.letsInFrom = timeline.now().plus(after);
            this.paidOff = timeline.now();
        }

        @Override
        public SshSession connect(MachineAddress address, SshOptions options) {
            throw new AssertionError("nobody has knocked");
        }

        @Override
        public SshSession connect(MachineAddress address, SshOptions options, Knocking knocking, KnockListener listener)
                throws InterruptedException {
            timeline.sleep(Duration.ofMillis(3));
            listener.accepted();
            Instant now = timeline.now();
            angry &= paidOff.isAfter(now);
            if (angry) {
                turnedAway++;
                throw new SshException(SshFailure.THROTTLED, address, "Not allowed at this time", null);
            }
            timeline.sleep(Duration.ofMillis(40));
            now = timeline.now();
            if (now.isBefore(letsInFrom)) {
                failedLogins++;
                paidOff = (paidOff.isAfter(now) ? paidOff : now).plus(FAILED_LOGIN);
                angry = Duration.between(now, paidOff).compareTo(LIMIT) >= 0;
                throw new SshException(SshFailure.AUTHENTICATION, address, "no", null);
            }
            return new SshSession() {
                @Override
                public MachineAddress address() {
                    return address;
                }

                @Override
                public SshResult run(SshCommand command, SshOutput output, Duration timeout) {
                    return new SshResult(0, "");
                }

                @Override
                public void close() {}
            };
        }
    }
}
