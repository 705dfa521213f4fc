package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.Destroy;
import dev.foothold.destroy.DestroyParams;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.journal.OperationInProgressException;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import dev.foothold.testing.UnreliableCloud;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the cloud, the store or the caller does: what is there in the end is what the record says. */
class NothingLeftBehindTest {

    private static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"));
    private static final LaunchParams LAUNCH = LaunchParams.on(Base.parse("ubuntu@24.04"));
    private static final MachineAddress ADDRESS = MachineAddress.of("198.51.100.1", AddressScope.PUBLIC);

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("My_model.v1");
    private final MemoryStateStore store = new MemoryStateStore();
    private final UnreliableCloud cloud = new UnreliableCloud(timeline);
    private final List<Event> events = new ArrayList<>();
    private EventSink sink = events::add;
    private BootstrapFinisher finisher = (machine, context) -> ADDRESS;

    private OperationContext context(String kind) {
        return OperationContext.create(kind, model, timeline, sink);
    }

    private Cloud guarded() {
        return Cloud.guard(cloud, model, List.of(), timeline, sink);
    }

    private BootstrapResult bootstrap() throws InterruptedException {
        return bootstrap(store);
    }

    private BootstrapResult bootstrap(StateStore where) throws InterruptedException {
        return new Bootstrap(where, finisher).bootstrap(guarded(), context("bootstrap"), PARAMS);
    }

    private LaunchResult launch(int count, LaunchParams params) throws InterruptedException {
        return new Launch(store).launch(guarded(), context("launch"), count, params);
    }

    private void destroy() throws InterruptedException {
        new Destroy(store).destroy(guarded(), context("destroy"), DestroyParams.defaults());
    }

    private void assertNothingIsLeft() {
        assertThat(cloud.instances).isEmpty();
        assertThat(store.scan("My_model.v1/operation")).isEmpty();
        assertThat(store.scan("My_model.v1/pins/")).isEmpty();
        if (!store.scan("My_model.v1/provider-state").isEmpty()) {
            assertThat(new ProviderState(store, model.name()).providerStateInstances())
                    .isEmpty();
        }
    }

    @Test
    void anInstanceWhoseAnswerWasLostIsStoppedOnceAnotherZoneHasOne() throws Exception {
        cloud.lostAnswers.add("a");

        BootstrapResult result = bootstrap();

        assertThat(result.instance().zone()).contains("b");
        assertThat(cloud.instances).containsOnlyKeys(result.instance().id());
    }

    @Test
    void instancesWhoseAnswersWereLostInALaunchAreStopped() throws Exception {
        cloud.lostAnswers.add("a");

        LaunchResult result = launch(3, LAUNCH);

        assertThat(result.started()).hasSize(3);
        assertThat(cloud.instances.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        result.started().stream().map(Instance::id).toList());
    }

    @Test
    void aLostAnswerIsNotForgottenBecauseTheZoneRefusedAnotherMachineFirst() throws Exception {
        cloud.fullForOne.add("a");
        cloud.lostAnswers.add("a");

        LaunchResult result = launch(6, LAUNCH);

        assertThat(cloud.starts)
                .filteredOn(start -> start.zone().equals(Optional.of("a")))
                .hasSizeGreaterThan(1);
        assertThat(cloud.instances.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        result.started().stream().map(Instance::id).toList());
    }

    @Test
    void aRollbackGoesOnPastFailuresUntilNothingIsLeft() {
        finisher = (machine, context) -> {
            cloud.failingStops = 5;
            cloud.failingListings = 3;
            throw new FootholdException("not today");
        };

        assertThatThrownBy(this::bootstrap).hasMessage("not today");
        assertNothingIsLeft();
    }

    @Test
    void aRollbackThatCannotStopTheMachineKeepsItOnRecordAndSaysSo() {
        FootholdException cause = new FootholdException("not today");
        finisher = (machine, context) -> {
            cloud.failingStops = Integer.MAX_VALUE;
            throw cause;
        };

        assertThatThrownBy(this::bootstrap).isSameAs(cause);
        assertThat(cause.getSuppressed())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        why -> assertThat(why).contains("instances are left: [i-1]"),
                        lastLine -> assertThat(lastLine)
                                .startsWith("left behind: instances tagged foothold-operation=")
                                .endsWith("; destroyEnv() of model \"My_model.v1\" removes it"));
        assertThat(new ProviderState(store, model.name()).providerStateInstances())
                .isEqualTo(List.copyOf(cloud.instances.keySet()));
        assertThat(events)
                .filteredOn(Event.RollbackEnded.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((Event.RollbackEnded) event).left()).hasSize(1));
    }

    @Test
    void aSinkThatBreaksDoesNotKeepAnythingFromBeingTakenBack() {
        sink = event -> {
            throw new AssertionError("broken sink");
        };
        finisher = (machine, context) -> {
            throw new FootholdException("not today");
        };

        assertThatThrownBy(this::bootstrap).hasMessage("not today");
        assertNothingIsLeft();
    }

    @Test
    void anInterruptWhileTheMachineIsFinishedTakesItBack() throws Exception {
        finisher = (machine, context) -> {
            timeline.sleep(Duration.ofHours(1));
            return ADDRESS;
        };

        assertThatThrownBy(() -> interruptedAfter(Duration.ofMinutes(1), this::bootstrap))
                .isInstanceOf(InterruptedException.class);
        assertNothingIsLeft();
    }

    @Test
    void anInterruptedLaunchStopsWhatWasStartedAlthoughItIsNotListedYet() throws Exception {
        cloud.lag = Duration.ofSeconds(3);
        cloud.startTakes = Duration.ofMillis(800);

        assertThatThrownBy(() -> interruptedAfter(Duration.ofSeconds(1), () -> launch(20, LAUNCH)))
                .isInstanceOf(InterruptedException.class);
        assertNothingIsLeft();
    }

    @Test
    void aStoreThatFailsAtTheEndTakesTheMachineBack() {
        FailingStore failing = new FailingStore();
        finisher = (machine, context) -> {
            failing.failing = 1;
            return ADDRESS;
        };

        assertThatThrownBy(() -> bootstrap(failing)).hasMessageContaining("disk on fire");
        assertThat(cloud.instances).isEmpty();
    }

    @Test
    void aStartedBootstrapThatIsClosedUnfinishedTakesTheMachineBack() throws Exception {
        Bootstrap bootstrap = new Bootstrap(store, finisher);
        try (StartedBootstrap started = bootstrap.bootstrapInstance(guarded(), context("bootstrap"), PARAMS)) {
            assertThat(cloud.instances).containsOnlyKeys(started.instance().id());
        }
        assertNothingIsLeft();
    }

    @Test
    void aFinishedBootstrapCannotBeFinishedOrAbandonedAgain() throws Exception {
        Bootstrap bootstrap = new Bootstrap(store, finisher);
        try (StartedBootstrap started = bootstrap.bootstrapInstance(guarded(), context("bootstrap"), PARAMS)) {
            started.finish();
            assertThatThrownBy(started::finish).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> started.abandon(new Exception())).isInstanceOf(IllegalStateException.class);
        }
        assertThat(cloud.instances).hasSize(1);
    }

    @Test
    void destroyFindsWhatTheListingDoesNotShowYet() throws Exception {
        cloud.lag = Duration.ofMillis(900);
        launch(2, LAUNCH);

        destroy();

        assertThat(cloud.instances).isEmpty();
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void aBootstrapWhoseModelIsDestroyedMeanwhileTakesItsMachineBack() throws Exception {
        finisher = (machine, context) -> {
            destroy();
            return ADDRESS;
        };

        assertThatThrownBy(this::bootstrap).isInstanceOf(OperationInProgressException.class);
        assertNothingIsLeft();
    }

    @Test
    void aLaunchWhoseModelIsDestroyedMeanwhileTakesItsMachinesBack() throws Exception {
        boolean[] once = new boolean[1];
        cloud.duringStart = () -> {
            if (!once[0]) {
                once[0] = true;
                try {
                    destroy();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        assertThatThrownBy(() -> launch(5, LAUNCH)).isInstanceOf(FootholdException.class);
        assertThat(cloud.instances).isEmpty();
    }

    @Test
    void whileAModelIsWorkedOnNobodyElseWorksOnIt() {
        finisher = (machine, context) -> {
            launch(1, LAUNCH);
            return ADDRESS;
        };

        assertThatThrownBy(this::bootstrap)
                .isInstanceOf(OperationInProgressException.class)
                .hasMessageContainingAll(
                        "My_model.v1",
                        "bootstrap by process",
                        "it is alive",
                        "process " + ProcessHandle.current().pid());
        assertNothingIsLeft();
    }

    @Test
    void aLaunchIntoZonesThatDoNotExistSaysSo() {
        assertThatThrownBy(() -> launch(2, LAUNCH.zones("typo")))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll("\"a\", \"b\", \"c\"", "\"typo\"");
        assertNothingIsLeft();
    }

    @Test
    void aRefusalThatNoZoneCanMendEndsTheLaunch() {
        cloud.refusals.put("b", new CloudException(Kind.CREDENTIAL_INVALID, "who are you?"));

        assertThatThrownBy(() -> launch(3, LAUNCH))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CREDENTIAL_INVALID));
        assertNothingIsLeft();
    }

    @Test
    void aRefusalThatNoZoneCanMendEndsTheBootstrapAtOnce() {
        cloud.refusals.put("a", new CloudException(Kind.INVALID_REQUEST, "no such size"));

        assertThatThrownBy(this::bootstrap).hasMessageContaining("no such size");
        assertThat(cloud.starts).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void aCloudThatHangsIsGivenUp() {
        cloud.startTakes = Duration.ofHours(1);

        assertThatThrownBy(this::bootstrap)
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("too long");
        assertNothingIsLeft();
    }

    @Test
    void aCloudThatRefusesForEverForBeingAskedTooOftenIsGivenUp() {
        cloud.refusals.put("a", new CloudException(Kind.THROTTLED, "slow down").withRetryAfter(Duration.ofSeconds(50)));
        Instant start = timeline.now();

        assertThatThrownBy(this::bootstrap)
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll("slow down", "refused 3 times", "2m0s");
        assertThat(Duration.between(start, timeline.now())).isLessThan(Duration.ofMinutes(2));
        assertThat(cloud.starts).hasSize(3);
        assertThat(cloud.starts)
                .extracting(StartInstanceParams::token)
                .containsOnly(cloud.starts.get(0).token());
        assertNothingIsLeft();
    }

    @Test
    void aBootstrapThatIsInterruptedWhileItWaitsForTheCloudEndsAtOnce() {
        cloud.refusals.put("a", new CloudException(Kind.THROTTLED, "slow down"));
        Instant start = timeline.now();

        assertThatThrownBy(() -> interruptedAfter(Duration.ofSeconds(30), this::bootstrap))
                .isInstanceOf(InterruptedException.class);
        assertThat(Duration.between(start, timeline.now())).isLessThan(Duration.ofSeconds(35));
        assertNothingIsLeft();
    }

    @Test
    void namesOfMachinesAreMadeOfLettersDigitsAndHyphens() throws Exception {
        bootstrap();
        launch(1, LAUNCH);

        assertThat(cloud.starts)
                .allSatisfy(start -> assertThat(start.displayName()).matches("[A-Za-z0-9-]{1,63}"));
        assertThat(MachineNames.of("m".repeat(63), "controller")).hasSize(63).endsWith("-controller");
    }

    @Test
    void everyAttemptHasItsOwnToken() throws Exception {
        cloud.refusals.put("a", new CloudException(Kind.CAPACITY, "full"));
        bootstrap();

        assertThat(cloud.starts).extracting(start -> start.token().text()).doesNotHaveDuplicates();
    }

    @Test
    void everyEventSaysWhichOperationOnWhichModelItBelongsTo() throws Exception {
        bootstrap();
        launch(1, LAUNCH);
        destroy();

        assertThat(events)
                .allSatisfy(event -> assertThat(event.origin().model()).isEqualTo("My_model.v1"));
        assertThat(events)
                .filteredOn(event -> !(event instanceof Event.CallEnded))
                .extracting(event -> event.origin().operation())
                .containsOnly("bootstrap", "launch", "destroy");
        assertThat(events)
                .filteredOn(Event.OperationSucceeded.class::isInstance)
                .hasSize(3);
    }

    private interface Work {
        Object run() throws Exception;
    }

    /** Runs work as a task that another one interrupts, and throws what it threw. */
    private void interruptedAfter(Duration patience, Work work) throws Throwable {
        try (Scope scope = timeline.open("test", Duration.ofHours(3))) {
            Task<Object> task = scope.fork("work", work::run);
            timeline.sleep(patience);
            task.cancel();
            scope.awaitAll();
            task.result();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    /** A store whose next removals fail. */
    private final class FailingStore implements StateStore {

        private int failing;

        @Override
        public Optional<StoredObject> read(String name) {
            return store.read(name);
        }

        @Override
        public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes)
                throws IOException {
            if (bytes == null && failing-- > 0) {
                throw new IOException("disk on fire");
            }
            return store.compareAndSet(name, expected, bytes);
        }

        @Override
        public List<String> scan(String prefix) {
            return store.scan(prefix);
        }

        @Override
        public URI locate(String name) {
            return store.locate(name);
        }
    }
}
