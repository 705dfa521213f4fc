package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.UserData;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.testing.Seeds;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottlingTest {

    private static final ModelSettings MODEL =
            new ModelSettings("prod", new Owner(new UUID(1, 2), new UUID(3, 4)), Tags.none(), List.of());

    private final Timeline timeline = Timeline.virtual(1);
    private final Instant start = timeline.now();
    private final RefusingEnviron environ = new RefusingEnviron();
    private final List<Event> events = new ArrayList<>();
    private final Cloud cloud = guard(Throttling.DEFAULT_BUDGET);

    private Cloud guard(Duration budget) {
        return Cloud.guard(environ, OperationContext.standing(MODEL, timeline, events::add), budget, List.of());
    }

    @Test
    void aCallThatIsRefusedForNowIsMadeAgain() throws Exception {
        environ.refuse(throttled(), throttled());

        assertThat(cloud.allInstances()).isEmpty();
        assertThat(environ.calls).hasSize(3);
    }

    @Test
    void theTimeThatTheCloudAsksForIsWaitedExactly() throws Exception {
        environ.refuse(throttled().withRetryAfter(Duration.ofSeconds(7)));

        cloud.allInstances();

        assertThat(environ.calls).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
    }

    @Test
    void withoutAWishOfTheCloudEachPauseIsAboutTwiceTheOneBefore() throws Exception {
        environ.refuse(new IOException("503"), 8);
        environ.meaning = () -> new CloudException(Kind.OTHER, "come back later").sameCallMayHelp(true);

        cloud.allInstances();

        Duration longest = Duration.ofMillis(500);
        for (int i = 1; i < environ.calls.size(); i++) {
            assertThat(environ.calls.get(i).minus(environ.calls.get(i - 1))).isBetween(longest.dividedBy(2), longest);
            longest = longest.multipliedBy(2).compareTo(Duration.ofSeconds(20)) < 0
                    ? longest.multipliedBy(2)
                    : Duration.ofSeconds(20);
        }
    }

    @Test
    void aStartThatIsRepeatedIsTheSameStart() throws Exception {
        environ.refuse(throttled(), throttled(), throttled());

        cloud.startInstance(params());

        assertThat(environ.starts).hasSize(4).containsOnly(params());
    }

    @Test
    void whatDoesNotPassIsNotRepeated() {
        environ.refuse(new CloudException(Kind.CAPACITY, "full"));

        assertThatThrownBy(cloud::allInstances).isInstanceOf(CloudException.class);
        assertThat(environ.calls).hasSize(1);
    }

    @Test
    void anAuthorMaySayThatAThrottledCallMustNotBeRepeated() {
        environ.refuse(throttled().sameCallMayHelp(false));

        assertThatThrownBy(cloud::allInstances).hasMessageContaining("too many calls");
        assertThat(environ.calls).hasSize(1);
    }

    @Test
    void aWishThatIsLongerThanTheBudgetIsAnErrorAtOnceThatSaysSo() {
        environ.refuse(throttled(), throttled().withRetryAfter(Duration.ofMinutes(5)));

        CloudException failure = catchThrowableOfType(CloudException.class, cloud::allInstances);

        assertThat(failure)
                .hasMessageContainingAll(
                        "allInstances: too many calls",
                        "refused 2 times",
                        "asks to wait 5m0s",
                        "2m0s that a call may take",
                        "withCallBudget");
        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(environ.calls).hasSize(2);
        assertThat(timeline.now()).isBefore(start.plusSeconds(3));
    }

    @Test
    void aCallIsGivenUpWhenItsBudgetIsOver() {
        environ.refuse(throttled(), Integer.MAX_VALUE);

        assertThatThrownBy(guard(Duration.ofSeconds(30))::allInstances)
                .isInstanceOf(CloudException.class)
                .hasMessageContainingAll("refused " + environ.calls.size() + " times", "30s, which is over");
        assertThat(timeline.now()).isEqualTo(start.plusSeconds(30));
        assertThat(environ.calls).hasSizeBetween(5, 12).last().isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void withoutABudgetThereIsOneAttempt() {
        environ.refuse(throttled(), Integer.MAX_VALUE);

        assertThatThrownBy(guard(Duration.ZERO)::allInstances).hasMessageContaining("refused once");
        assertThat(environ.calls).containsExactly(Duration.ZERO);
        assertThatThrownBy(() -> guard(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGuardWithLessTimeSharesTheRate() throws Exception {
        environ.refuse(throttled().withRetryAfter(Duration.ZERO));
        cloud.allInstances();
        Duration second = environ.calls.get(1);

        cloud.within(Duration.ofMinutes(1)).allInstances();

        assertThat(second).isEqualTo(Duration.ofSeconds(2));
        assertThat(environ.calls.get(2)).isGreaterThan(second.plusMillis(500));
    }

    @Test
    void anInterruptEndsThePauseAtOnceAndKeepsTheReason() throws Exception {
        environ.refuse(throttled().withRetryAfter(Duration.ofMinutes(1)), Integer.MAX_VALUE);

        try (Scope scope = timeline.open("test", Duration.ofHours(1))) {
            Task<List<Instance>> call = scope.fork("call", cloud::allInstances);
            timeline.sleep(Duration.ofSeconds(3));
            call.cancel();
            scope.awaitAll();

            assertThat(timeline.now()).isEqualTo(start.plusSeconds(3));
            assertThatThrownBy(call::result)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(InterruptedException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("too many calls"));
        }
    }

    @Test
    void aScopeThatEndsEndsThePause() {
        environ.refuse(throttled().withRetryAfter(Duration.ofMinutes(1)), Integer.MAX_VALUE);

        assertThatThrownBy(() -> {
                    try (Scope scope = timeline.open("bootstrap", Duration.ofSeconds(5))) {
                        scope.fork("call", cloud::allInstances);
                        scope.awaitAll();
                    }
                })
                .isInstanceOf(TimeoutException.class);
        assertThat(timeline.now()).isEqualTo(start.plusSeconds(5));
        assertThat(environ.calls).hasSize(1);
    }

    @Test
    void eachPauseIsToldOf() throws Exception {
        environ.refuse(throttled().withRetryAfter(Duration.ofSeconds(4)), 2);

        cloud.allInstances();

        assertThat(events)
                .filteredOn(Event.CallDelayed.class::isInstance)
                .extracting(
                        event -> ((Event.CallDelayed) event).attempt(), event -> ((Event.CallDelayed) event).pause())
                .containsExactly(tuple(1, Duration.ofSeconds(4)), tuple(2, Duration.ofSeconds(4)));
        assertThat(events).last().isInstanceOfSatisfying(Event.CallEnded.class, event -> {
            assertThat(event.attempts()).isEqualTo(3);
            assertThat(event.elapsed()).isEqualTo(Duration.ofSeconds(8));
            assertThat(event.failure()).isNull();
        });
    }

    @Test
    void thatTheSingleInstanceOfABatchIsRefusedIsRepeatedToo() throws Exception {
        environ.failingStops = 2;
        environ.batch = 10;

        assertThat(cloud.stopInstances(List.of(InstanceId.of("i-1")))).isEmpty();
        assertThat(environ.stopped).containsExactly("i-1");
    }

    @Test
    void theOnesThatWereRefusedOfABatchAreStoppedAgainAloneAndOthersAreNot() throws Exception {
        environ.failingStops = 2;
        environ.batch = 10;

        assertThat(cloud.stopInstances(List.of(InstanceId.of("i-1"), InstanceId.of("i-2"), InstanceId.of("i-3"))))
                .isEmpty();
        assertThat(environ.stopped).containsExactly("i-3", "i-1", "i-2");
    }

    @Test
    void whatIsLeftOfABatchIsClassified() throws Exception {
        environ.failingStops = Integer.MAX_VALUE;
        environ.meaning = () -> new CloudException(Kind.UNSUPPORTED, "locked");

        assertThat(cloud.stopInstances(List.of(InstanceId.of("i-1"), InstanceId.of("i-2"))))
                .containsOnlyKeys(InstanceId.of("i-1"), InstanceId.of("i-2"))
                .allSatisfy((id, failure) -> assertThat(failure)
                        .isInstanceOf(CloudException.class)
                        .hasMessage("stopInstances " + id + ": locked"));
    }

    /** The simulated clouds allow from 2 to 40 calls per second, in bursts of at least one and up to a second's worth. */
    @Test
    void manyCallersAreSlowedDownToWhatTheCloudAllowsAndHardlyRefused() {
        Seeds.forEach(20, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            int limit = random.nextInt(2, 41);
            int burst = random.nextInt(1, limit + 1);
            int callers = random.nextInt(4, 33);
            Duration latency = Duration.ofMillis(random.nextInt(5, 200));
            Crowd crowd = new Crowd(seed, limit, burst, latency);

            crowd.run(callers, Duration.ofSeconds(60));

            // The first wave comes before anybody can know of a limit.
            int surprised = Math.max(0, callers - burst);
            assertThat((double) crowd.refused)
                    .as("refused of %d, with %d callers, %d/s, %s", crowd.accepted, callers, limit, latency)
                    .isLessThanOrEqualTo(surprised + 15 + 0.02 * crowd.accepted);
            double offered = Math.min(limit, callers / (latency.toMillis() / 1000.0));
            assertThat(crowd.accepted / 60.0)
                    .as("calls per second, with %d callers, limit %d/s, %s", callers, limit, latency)
                    .isGreaterThanOrEqualTo(0.8 * offered);
        });
    }

    @Test
    void nobodyIsHeldBackByARateAsLongAsNobodyIsRefused() throws Exception {
        Crowd crowd = new Crowd(1, 100_000, 100_000, Duration.ofMillis(100));

        crowd.run(50, Duration.ofSeconds(10));

        assertThat(crowd.accepted).isEqualTo(50 * 100);
    }

    @Test
    void theRateIsForgottenWhenTheCloudTakesMoreAgain() throws Exception {
        Crowd crowd = new Crowd(1, 5, 5, Duration.ofMillis(50));
        crowd.run(10, Duration.ofSeconds(30));
        crowd.limit = 100_000;
        crowd.burst = 100_000;
        int before = crowd.accepted;

        crowd.run(10, Duration.ofSeconds(60));

        assertThat(crowd.accepted - before).isGreaterThan(60 * 100);
    }

    @Test
    void onRealTimeToo_everyCallerGetsThrough() throws Exception {
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Cloud real = Cloud.guard(
                new RefusingEnviron() {
                    @Override
                    public List<Instance> allInstances(Tags owner) {
                        // Every fifth call is refused, whoever makes it.
                        if ((granted.get() + refused.get()) % 5 == 4) {
                            refused.incrementAndGet();
                            throw throttled().withRetryAfter(Duration.ofMillis(5));
                        }
                        granted.incrementAndGet();
                        return List.of();
                    }
                },
                MODEL,
                List.of(),
                Timeline.real(),
                event -> {});

        try (Scope scope = Timeline.real().open("crowd", Duration.ofMinutes(2))) {
            List<Task<List<Instance>>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(scope.fork("caller " + i, real::allInstances));
            }
            scope.awaitAll();
            for (Task<List<Instance>> call : calls) {
                assertThat(call.result()).isEmpty();
            }
        }
        assertThat(granted).hasValue(8);
    }

    private static CloudException throttled() {
        return new CloudException(Kind.THROTTLED, "too many calls");
    }

    private static StartInstanceParams params() {
        return new StartInstanceParams(
                MODEL.owner(),
                "machine",
                IdempotencyToken.derive("operation", "step"),
                UserData.of("#cloud-config"),
                MODEL.tags(),
                null,
                null,
                null);
    }

    /** Refuses its next calls, and notes when it was called. */
    private class RefusingEnviron implements Environ {

        private final List<Duration> calls = new ArrayList<>();
        private final List<StartInstanceParams> starts = new ArrayList<>();
        private final List<String> stopped = new ArrayList<>();
        private final List<Exception> refusals = new ArrayList<>();
        private Supplier<@Nullable CloudException> meaning = () -> null;
        private int repeatLast;
        private int failingStops;
        private int batch = 1;

        void refuse(Exception... each) {
            refusals.addAll(List.of(each));
        }

        void refuse(Exception refusal, int times) {
            refusals.add(refusal);
            repeatLast = times - 1;
        }

        private void call() throws Exception {
            calls.add(Duration.between(start, timeline.now()));
            if (refusals.size() == 1 && repeatLast > 0) {
                repeatLast--;
                throw refusals.get(0);
            }
            if (!refusals.isEmpty()) {
                throw refusals.remove(0);
            }
        }

        @Override
        public Instance startInstance(StartInstanceParams params) throws Exception {
            starts.add(params);
            call();
            return Instance.of("i-1", InstanceStatus.PENDING);
        }

        @Override
        public void stopInstance(InstanceId id) throws Exception {
            if (failingStops > 0) {
                failingStops--;
                throw meaning.get() == null ? throttled() : new IOException("409");
            }
            stopped.add(id.value());
        }

        @Override
        public int maxBatch() {
            return batch;
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            call();
            return List.of();
        }

        @Override
        public Optional<CloudException> classify(Exception failure) {
            return Optional.ofNullable(meaning.get());
        }
    }

    /** Callers that call as fast as they may, and a cloud that allows so many calls per second. */
    private static final class Crowd implements Environ {

        private final Timeline timeline;
        private final Duration latency;
        private final Cloud cloud;
        private double limit;
        private double burst;
        private double tokens;
        private Instant filled;
        private int accepted;
        private int refused;

        Crowd(long seed, int limit, int burst, Duration latency) {
            this.timeline = Timeline.virtual(seed);
            this.limit = limit;
            this.burst = burst;
            this.tokens = burst;
            this.latency = latency;
            this.filled = timeline.now();
            this.cloud = Cloud.guard(
                    this,
                    OperationContext.standing(
                            new ModelSettings(
                                    "prod", new Owner(new UUID(0, seed), new UUID(0, 1)), Tags.none(), List.of()),
                            timeline,
                            event -> {}),
                    Duration.ofHours(1),
                    List.of());
        }

        void run(int callers, Duration time) throws Exception {
            Instant end = timeline.now().plus(time);
            try (Scope scope = timeline.open("crowd", time)) {
                for (int i = 0; i < callers; i++) {
                    scope.fork("caller " + i, () -> {
                        while (timeline.now().isBefore(end)) {
                            cloud.allInstances();
                        }
                        return true;
                    });
                }
                timeline.sleep(time);
            }
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            Instant now = timeline.now();
            tokens = Math.min(
                    limit, tokens + limit * Duration.between(filled, now).toNanos() / 1e9);
            filled = now;
            boolean granted = tokens >= 1;
            if (granted) {
                tokens--;
                accepted++;
            } else {
                refused++;
            }
            timeline.sleep(latency);
            if (!granted) {
                throw throttled();
            }
            return List.of();
        }

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stopInstance(InstanceId id) {
            throw new UnsupportedOperationException();
        }
    }
}
