package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedCloudTest {
    private static final RunRequest REQUEST = RunRequest.of("small", "ubuntu-24.04");
    private final ManualClock clock = new ManualClock();
    private SimulatedCloud cloud;

    @BeforeEach
    void open() {
        cloud = inventory().open();
    }

    private SimulatedCloudBuilder inventory() {
        return SimulatedCloud.builder()
                .zones(List.of(new Zone("a", true), new Zone("b", true), new Zone("c", false)))
                .machines(Machines.INVENTORY_ONLY)
                .clock(clock)
                .provisioningDelay(Duration.ofSeconds(10))
                .bootDelay(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String codeOf(ThrowingCallable call) {
        return catchThrowableOfType(CloudApiException.class, call).code();
    }

    @Test
    void anInstanceIsPendingThenRunsWithAddressesThenAnswers() throws Exception {
        CloudMachine accepted = cloud.runInstance(REQUEST.in("b").tagged(Map.of("k", "v")));

        assertThat(accepted.id()).matches("i-[0-9a-f]{16}");
        assertThat(accepted.status()).isEqualTo(MachineStatus.PENDING);
        assertThat(accepted.addresses()).isEmpty();
        assertThat(accepted.zone()).isEqualTo("b");
        assertThat(accepted.memMiB()).isEqualTo(1024);
        assertThat(accepted.launchTime()).isEqualTo(clock.now());
        clock.sleep(Duration.ofMillis(9_999));
        assertThat(cloud.get(accepted.id())).isEqualTo(accepted);
        clock.sleep(Duration.ofMillis(1));
        CloudMachine running = cloud.get(accepted.id());
        assertThat(running.status()).isEqualTo(MachineStatus.RUNNING);
        assertThat(running.addresses())
                .containsExactly(
                        new Address("127.83.0.1", Address.Scope.PUBLIC, 2222),
                        new Address("127.84.0.1", Address.Scope.PRIVATE, 2222));
        assertThat(cloud.answersSsh(accepted.id())).isFalse();
        clock.sleep(Duration.ofSeconds(20));
        assertThat(cloud.answersSsh(accepted.id())).isTrue();
    }

    @Test
    void aTerminatedInstanceVanishesAndCannotBeTerminatedAgain() throws Exception {
        String id = cloud.runInstance(REQUEST).id();

        cloud.terminate(id);

        assertThat(cloud.list(Map.of())).isEmpty();
        assertThatThrownBy(() -> cloud.terminate(id))
                .isInstanceOf(CloudApiException.class)
                .hasMessage("there is no instance " + id);
        assertThat(codeOf(() -> cloud.get(id))).isEqualTo("NotFound");
        assertThat(codeOf(() -> cloud.reboot(id))).isEqualTo("NotFound");
    }

    @Test
    void oneTokenLaunchesOneInstance() throws Exception {
        RunRequest request = REQUEST.withToken("t").tagged(Map.of("a", "1", "b", "2"));
        CloudMachine first = cloud.runInstance(request);

        assertThat(cloud.runInstance(request.tagged(Map.of("b", "2", "a", "1"))))
                .isEqualTo(first);
        assertThat(cloud.list(Map.of())).hasSize(1);
        assertThat(codeOf(() -> cloud.runInstance(request.in("b")))).isEqualTo("IdempotentParameterMismatch");
        assertThat(codeOf(() -> cloud.runInstance(request.withUserData(new byte[] {1}))))
                .isEqualTo("IdempotentParameterMismatch");
        cloud.terminate(first.id());
        assertThatThrownBy(() -> cloud.runInstance(request))
                .isInstanceOf(CloudApiException.class)
                .hasMessage("token t was used for a terminated instance, " + first.id());
    }

    @Test
    void withoutATokenEveryRequestLaunches() throws Exception {
        assertThat(cloud.runInstance(REQUEST).id())
                .isNotEqualTo(cloud.runInstance(REQUEST).id());
    }

    @Test
    void aListHasTheInstancesThatCarryAllTheTagsInTheOrderOfTheirLaunch() throws Exception {
        String one =
                cloud.runInstance(REQUEST.tagged(Map.of("m", "1", "role", "x"))).id();
        String two = cloud.runInstance(REQUEST.tagged(Map.of("m", "1"))).id();
        cloud.runInstance(REQUEST.tagged(Map.of("m", "2", "role", "x")));

        assertThat(cloud.list(Map.of("m", "1"))).extracting(CloudMachine::id).containsExactly(one, two);
        assertThat(cloud.list(Map.of("m", "1", "role", "x")))
                .extracting(CloudMachine::id)
                .containsExactly(one);
        assertThat(cloud.list(Map.of())).hasSize(3);
    }

    @Test
    void aFullZoneTakesNothingUntilItHasRoomAgain() throws Exception {
        cloud.faults().noCapacity("a");

        assertThatThrownBy(() -> cloud.runInstance(REQUEST.in("a")))
                .isInstanceOf(CloudApiException.class)
                .hasMessage("zone a has no capacity left")
                .extracting(e -> ((CloudApiException) e).code())
                .isEqualTo("InsufficientCapacity");
        assertThat(cloud.runInstance(REQUEST).zone()).isEqualTo("b");
        cloud.faults().noCapacity("b");
        assertThat(codeOf(() -> cloud.runInstance(REQUEST))).isEqualTo("InsufficientCapacity");
        cloud.faults().capacity("a");
        assertThat(cloud.runInstance(REQUEST.in("a")).zone()).isEqualTo("a");
    }

    @Test
    void aZoneThatIsNotAvailableTakesNothing() {
        assertThat(codeOf(() -> cloud.runInstance(REQUEST.in("c")))).isEqualTo("InsufficientCapacity");
    }

    @Test
    void theCloudChoosesTheEmptiestZone() throws Exception {
        cloud.runInstance(REQUEST.in("a"));

        assertThat(cloud.runInstance(REQUEST).zone()).isEqualTo("b");
    }

    @Test
    void whatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> cloud.runInstance(RunRequest.of("huge", "ubuntu-24.04")))
                .isInstanceOf(CloudApiException.class)
                .hasMessage("there is no offering 'huge', only [small, medium, large]");
        assertThat(codeOf(() -> cloud.runInstance(RunRequest.of("small", "beos"))))
                .isEqualTo("InvalidParameter");
        assertThat(codeOf(() -> cloud.runInstance(REQUEST.in("z")))).isEqualTo("InvalidParameter");
    }

    @Test
    void userDataHasALimit() throws Exception {
        cloud.runInstance(REQUEST.withUserData(new byte[16 * 1024]));

        assertThatThrownBy(() -> cloud.runInstance(REQUEST.withUserData(new byte[16 * 1024 + 1])))
                .isInstanceOf(CloudApiException.class)
                .hasMessage("user data has 16385 bytes; the limit is 16384");
    }

    @Test
    void theQuotaCountsWhatIsThere() throws Exception {
        try (SimulatedCloud small = inventory().quota(1).open()) {
            String id = small.runInstance(REQUEST).id();

            assertThat(codeOf(() -> small.runInstance(REQUEST))).isEqualTo("QuotaExceeded");
            small.terminate(id);
            small.runInstance(REQUEST);
        }
    }

    @Test
    void anInstanceThatNeverBootsStaysPending() throws Exception {
        cloud.faults().inject(new Fault.NeverBoots());
        String id = cloud.runInstance(REQUEST).id();
        clock.sleep(Duration.ofDays(1));

        assertThat(cloud.get(id).status()).isEqualTo(MachineStatus.PENDING);
        assertThat(cloud.get(id).addresses()).isEmpty();
        cloud.faults().lift("never-boots");
        String next = cloud.runInstance(REQUEST).id();
        clock.sleep(Duration.ofDays(1));
        assertThat(cloud.get(next).status()).isEqualTo(MachineStatus.RUNNING);
    }

    @Test
    void anInstanceThatRefusesRunsAndNeverAnswers() throws Exception {
        cloud.faults().inject(new Fault.Refuses());
        String id = cloud.runInstance(REQUEST).id();
        clock.sleep(Duration.ofDays(1));

        assertThat(cloud.get(id).status()).isEqualTo(MachineStatus.RUNNING);
        assertThat(cloud.answersSsh(id)).isFalse();
    }

    @Test
    void aSlowBootTakesLonger() throws Exception {
        cloud.faults().inject(new Fault.SlowBoot(Duration.ofMinutes(1)));
        String id = cloud.runInstance(REQUEST).id();

        clock.sleep(Duration.ofSeconds(89));
        assertThat(cloud.answersSsh(id)).isFalse();
        clock.sleep(Duration.ofSeconds(1));
        assertThat(cloud.answersSsh(id)).isTrue();
    }

    @Test
    void aRebootIsSilentForTheBootDelay() throws Exception {
        String id = cloud.runInstance(REQUEST).id();
        assertThat(codeOf(() -> cloud.reboot(id))).isEqualTo("IncorrectInstanceState");
        clock.sleep(Duration.ofSeconds(30));

        cloud.reboot(id);

        assertThat(cloud.get(id).status()).isEqualTo(MachineStatus.RUNNING);
        assertThat(cloud.answersSsh(id)).isFalse();
        clock.sleep(Duration.ofSeconds(20));
        assertThat(cloud.answersSsh(id)).isTrue();
    }

    @Test
    void callsFailAsOftenAsTheFaultSays() throws Exception {
        cloud.faults().inject(new Fault.CallFails("list", "Throttled", 2, Optional.of(Duration.ofSeconds(3))));

        CloudApiException failure = catchThrowableOfType(CloudApiException.class, () -> cloud.list(Map.of()));
        assertThat(failure.code()).isEqualTo("Throttled");
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(3));
        assertThat(failure.requestId()).startsWith("req-");
        assertThat(codeOf(() -> cloud.list(Map.of()))).isEqualTo("Throttled");
        assertThat(cloud.list(Map.of())).isEmpty();
    }

    @Test
    void everyCallTakesTheLatency() throws Exception {
        try (SimulatedCloud slow = inventory().latency(Duration.ofMillis(40)).open()) {
            var before = clock.now();
            slow.zones();
            slow.list(Map.of());

            assertThat(Duration.between(before, clock.now())).isEqualTo(Duration.ofMillis(80));
        }
    }

    @Test
    void oneSeedAlwaysGivesTheSameIds() throws Exception {
        try (SimulatedCloud one = inventory().seed(7).open();
                SimulatedCloud other = inventory().seed(7).open()) {
            assertThat(one.runInstance(REQUEST)).isEqualTo(other.runInstance(REQUEST));
        }
    }

    @Test
    void aClosedCloudAnswersNobody() {
        cloud.close();

        assertThat(codeOf(() -> cloud.runInstance(REQUEST))).isEqualTo("Unavailable");
    }

    @Test
    void requestsDoNotShowUserData() {
        assertThat(REQUEST.withUserData("secret".getBytes(StandardCharsets.UTF_8))
                        .toString())
                .doesNotContain("secret")
                .contains("6 bytes");
    }
}
