package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.Destroy;
import dev.foothold.destroy.DestroyParams;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Holder;
import dev.foothold.journal.Journal;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationInProgressException;
import dev.foothold.journal.OperationLostException;
import dev.foothold.journal.OperationRecord;
import dev.foothold.journal.Pulse;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a machine when its client fails, is interrupted or dies, and what the next run does about it. */
class NextRunTest {

    private static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"));
    private static final LaunchParams LAUNCH = LaunchParams.on(Base.parse("ubuntu@24.04"));
    private static final MachineAddress ADDRESS = MachineAddress.of("198.51.100.1", AddressScope.PUBLIC);

    /** Everybody else has died. */
    private static final Pulse LAST =
            new Pulse(new Holder("here", "", 2, 0), Pulse.DEFAULT_PERIOD, holder -> Holder.Life.GONE);

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final MemoryStateStore store = new MemoryStateStore();
    private final UnreliableCloud cloud = new UnreliableCloud(timeline);
    private final WithGroups groups = new WithGroups();
    private final List<Event> events = new ArrayList<>();
    private final List<StartedBootstrap> started = new ArrayList<>();
    private BootstrapFinisher finisher = (machine, context) -> ADDRESS;

    /** Whoever only plays dead has a heart that beats. */
    @AfterEach
    void buryTheDead() {
        for (StartedBootstrap one : started) {
            try {
                one.abandon(new FootholdException("the test is over"));
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("has ended already");
            }
        }
    }

    /** Makes a security group for each instance, before it, as many providers do. */
    private final class WithGroups implements ZonedEnviron, HasResources {

        private final List<String> groups = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();

        @Override
        public void prepareForBootstrap(UndoScope scope) {
            make(scope, "role");
        }

        @Override
        public Instance startInstance(StartInstanceParams params) throws Exception {
            make(params.scope(), "group-" + params.zoneName());
            return cloud.startInstance(params);
        }

        private void make(UndoScope scope, String id) {
            groups.add(id);
            scope.created(ResourceKind.SECURITY_GROUP, id, () -> remove(id));
        }

        private void remove(String id) {
            if (!cloud.instances.isEmpty() && id.equals("group-c")) {
                throw new IllegalStateException(id + " is in use");
            }
            groups.remove(id);
            removed.add(id);
        }

        @Override
        public void stopInstance(InstanceId id) throws Exception {
            cloud.stopInstance(id);
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            return cloud.allInstances(owner);
        }

        @Override
        public List<AvailabilityZone> availabilityZones() {
            return cloud.availabilityZones();
        }

        @Override
        public List<ResourceKind> kinds() {
            return List.of(ResourceKind.SECURITY_GROUP);
        }

        @Override
        public List<Resource> resources(ResourceKind kind, Tags owner) {
            return groups.stream()
                    .map(id -> Resource.of(kind, id).tagged(model.tags()))
                    .toList();
        }

        @Override
        public void delete(Resource resource) {
            remove(resource.id());
        }
    }

    private OperationContext context(String kind) {
        return OperationContext.create(kind, model, timeline, events::add);
    }

    private Cloud guarded(ZonedEnviron environ) {
        return Cloud.guard(environ, model, List.of(), timeline, events::add);
    }

    private StartedBootstrap start(ZonedEnviron environ, BootstrapParams params) throws InterruptedException {
        StartedBootstrap one = new Bootstrap(store, finisher, HostSshOptions.defaults(), LAST)
                .bootstrapInstance(guarded(environ), context("bootstrap"), params);
        started.add(one);
        return one;
    }

    private BootstrapResult bootstrap(BootstrapParams params) throws InterruptedException {
        return start(cloud, params).finish();
    }

    private void destroy(ZonedEnviron environ) throws InterruptedException {
        new Destroy(store, LAST).destroy(guarded(environ), context("destroy"), DestroyParams.defaults());
    }

    private Journal journal() {
        return new Journal(store, "prod", timeline, LAST);
    }

    private <E extends Event> List<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    // ---- Going on

    @Test
    void theSameBootstrapGoesOnWithTheMachineThatWasStarted() throws Exception {
        StartedBootstrap dead = start(cloud, PARAMS);

        BootstrapResult result = bootstrap(PARAMS);

        assertThat(result.instance().id()).isEqualTo(dead.instance().id());
        assertThat(cloud.starts).hasSize(1);
        assertThat(told(Event.OperationResumed.class))
                .extracting(Event.OperationResumed::from)
                .containsExactly("instance i-1");
        assertThat(store.scan("prod/operation")).isEmpty();
        assertThat(store.scan("prod/first-boots/")).isEmpty();
    }

    @Test
    void aMachineThatWasProvedIsNeitherFinishedAgainNorTakenBack() throws Exception {
        InstanceId id = start(cloud, PARAMS).instance().id();
        cloud.instances.computeIfPresent(id, (same, instance) -> instance.at(ADDRESS));
        Operation dying = journal().takeOver((record, longest) -> {}).orElseThrow();
        dying.proved(ADDRESS.hostAndPort());
        String firstBoot = store.scan("prod/first-boots/").get(0);
        store.compareAndSet(firstBoot, store.read(firstBoot).orElseThrow().version(), null);
        finisher = (machine, context) -> {
            throw new AssertionError("it was finished");
        };

        assertThat(bootstrap(PARAMS).instance().id()).isEqualTo(id);
        assertThat(cloud.stops).isZero();
        assertThat(store.scan("prod/operation")).isEmpty();
        assertThat(store.scan("prod/first-boots/")).isEmpty();
    }

    @Test
    void whoWasThoughtDeadTakesNoFurtherStepAndLeavesTheMachineAlone() throws Exception {
        StartedBootstrap slow = start(cloud, PARAMS);
        bootstrap(PARAMS);

        assertThatThrownBy(slow::finish).isInstanceOf(OperationLostException.class);
        assertThat(cloud.instances).hasSize(1);
        assertThat(new ProviderState(store, "prod").providerStateInstances()).containsExactly(InstanceId.of("i-1"));
    }

    @Test
    void anotherBootstrapTakesTheMachineBackFirst() throws Exception {
        start(cloud, PARAMS);

        BootstrapResult result = bootstrap(PARAMS.cloudConfig(c -> c.run("true")));

        assertThat(result.instance().id()).isEqualTo(InstanceId.of("i-2"));
        assertThat(cloud.instances).containsOnlyKeys(result.instance().id());
        assertThat(told(Event.RollbackStarted.class))
                .extracting(Event.RollbackStarted::reason)
                .singleElement()
                .asString()
                .contains("another machine is asked for now");
    }

    @Test
    void howLongToWaitIsNotAnotherMachine() throws Exception {
        start(cloud, PARAMS);

        assertThat(bootstrap(PARAMS.within(Duration.ofMinutes(3)).keepBroken(true))
                        .instance()
                        .id())
                .isEqualTo(InstanceId.of("i-1"));
    }

    @Test
    void aMachineThatIsGoneIsStartedAfresh() throws Exception {
        start(cloud, PARAMS);
        cloud.instances.clear();

        assertThat(bootstrap(PARAMS).instance().id()).isEqualTo(InstanceId.of("i-2"));
        assertThat(new ProviderState(store, "prod").providerStateInstances()).containsExactly(InstanceId.of("i-2"));
    }

    @Test
    void anUnfinishedBootstrapIsNoModelToLaunchIn() throws Exception {
        start(cloud, PARAMS);

        assertThatThrownBy(() -> new Launch(store, LAST).launch(guarded(cloud), context("launch"), 1, LAUNCH))
                .isInstanceOf(OperationInProgressException.class)
                .hasMessageContainingAll("bootstrap it again to go on", "the process has ended");
        assertThat(cloud.instances).hasSize(1);
    }

    @Test
    void anUnfinishedDestructionCanOnlyBeFinished() throws Exception {
        bootstrap(PARAMS);
        cloud.failingStops = Integer.MAX_VALUE;
        assertThatThrownBy(() -> destroy(cloud)).isInstanceOf(FootholdException.class);

        assertThatThrownBy(() -> new Launch(store, LAST).launch(guarded(cloud), context("launch"), 1, LAUNCH))
                .hasMessageContaining("destroy the model again to finish that");
        assertThatThrownBy(() -> bootstrap(PARAMS))
                .as("a bootstrap is not told of machines that may be gone")
                .isInstanceOf(OperationInProgressException.class)
                .hasMessageContaining("destroy the model again to finish that");
        cloud.failingStops = 0;
        destroy(cloud);
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void aDestructionThatGetsNowhereKeepsOnRecordWhatWasUnfinishedBefore() throws Exception {
        start(cloud, PARAMS);
        cloud.instances.clear();
        for (int i = 0; i < 2; i++) {
            cloud.failingListings = Integer.MAX_VALUE;
            assertThatThrownBy(() -> destroy(cloud)).hasMessageContaining("listing failed");
            assertThat(journal().unfinished()).map(OperationRecord::kind).hasValue("destroy");
        }
        cloud.failingListings = 0;

        destroy(cloud);
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void destroyingWaitsForAMachineThatIsOnRecordButNotListedYet() throws Exception {
        cloud.lag = Duration.ofSeconds(5);
        start(cloud, PARAMS);

        destroy(cloud);
        assertThat(cloud.instances).isEmpty();
    }

    @Test
    void aDestructionThatGetsNowhereLeavesAModelAsItWas() throws Exception {
        bootstrap(PARAMS);
        cloud.failingListings = Integer.MAX_VALUE;

        assertThatThrownBy(() -> destroy(cloud)).hasMessageContaining("listing failed");
        assertThat(journal().unfinished()).isEmpty();
    }

    // ---- Rolling back

    @Test
    void whatAnAuthorHasMadeIsRemovedLastFirstAfterTheInstance() {
        cloud.refusals.put("a", new CloudException(CloudException.Kind.CAPACITY, "full"));
        cloud.refusals.put("b", new CloudException(CloudException.Kind.CAPACITY, "full"));
        finisher = (machine, context) -> {
            throw new FootholdException("not today");
        };

        assertThatThrownBy(() -> start(groups, PARAMS).finish())
                .hasMessage("not today")
                .hasNoSuppressedExceptions();
        assertThat(groups.removed).containsExactly("group-c", "group-b", "group-a", "role");
        assertThat(store.scan("prod/operation")).isEmpty();
    }

    @Test
    void whatWasMadeForAZoneThatRefusedIsRemovedWhenAnotherTakesTheMachine() throws Exception {
        cloud.refusals.put("a", new CloudException(CloudException.Kind.CAPACITY, "full"));

        start(groups, PARAMS).finish();

        assertThat(groups.groups).containsExactly("role", "group-b");
    }

    @Test
    void whatAClientHasMadeThatDiedIsRemovedByTheNextOne() throws Exception {
        start(groups, PARAMS);

        assertThat(groups.groups).containsExactly("role", "group-a");
        start(groups, PARAMS.cloudConfig(c -> c.run("true"))).finish();
        assertThat(groups.removed).containsExactly("group-a", "role");
    }

    @Test
    void destroyingRemovesWhatAClientHasMadeThatDied() throws Exception {
        start(groups, PARAMS);

        destroy(groups);

        assertThat(groups.groups).isEmpty();
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void whatCannotBeRemovedIsNamedWithTheCallThatRemovesItAndIsTriedAgainByTheNextRun() throws Exception {
        finisher = (machine, context) -> {
            cloud.failingStops = Integer.MAX_VALUE;
            throw new FootholdException("not today");
        };

        assertThatThrownBy(() -> bootstrap(PARAMS))
                .hasMessage("not today")
                .satisfies(e -> assertThat(List.of(e.getSuppressed()))
                        .last()
                        .asString()
                        .contains("left behind: instances tagged", "destroyEnv() of model \"prod\" removes it"));
        assertThat(journal().unfinished()).map(OperationRecord::stage).contains(OperationRecord.Stage.UNDOING);
        cloud.failingStops = 0;
        finisher = (machine, context) -> ADDRESS;
        assertThat(bootstrap(PARAMS).instance().id()).isEqualTo(InstanceId.of("i-2"));
        assertThat(cloud.instances).hasSize(1);
    }

    @Test
    @Tag("D-19")
    void takingBackIsNotInterruptedByWhatInterruptedTheBootstrap() {
        finisher = (machine, context) -> {
            timeline.sleep(Duration.ofHours(1));
            return ADDRESS;
        };

        assertThatThrownBy(() -> interrupted(1, Duration.ofSeconds(30))).isInstanceOf(InterruptedException.class);
        assertThat(cloud.instances).isEmpty();
        assertThat(store.scan("prod/operation")).isEmpty();
        assertThat(told(Event.RollbackInterrupted.class)).isEmpty();
    }

    @Test
    void aSecondInterruptIsToldWhatItWouldAbandonBeforeAThirdIsObeyed() {
        finisher = (machine, context) -> {
            timeline.sleep(Duration.ofHours(1));
            return ADDRESS;
        };
        cloud.failingStops = 8;

        assertThatThrownBy(() -> interrupted(2, Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
        assertThat(told(Event.RollbackInterrupted.class))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.abandons()).first().asString().startsWith("instances tagged"));
        assertThat(cloud.instances).as("it went on").isEmpty();

        events.clear();
        cloud.failingStops = Integer.MAX_VALUE;
        assertThatThrownBy(() -> interrupted(3, Duration.ofSeconds(1)))
                .isInstanceOf(InterruptedException.class)
                .satisfies(e ->
                        assertThat(List.of(e.getSuppressed())).last().asString().contains("left behind"));
        assertThat(cloud.instances).as("it ended").hasSize(1);
        assertThat(journal().unfinished()).as("for the next run").isPresent();
    }

    /** Interrupts a bootstrap some times, a pause apart. */
    private void interrupted(int times, Duration pause) throws Throwable {
        try (Scope scope = timeline.open("test", Duration.ofHours(3))) {
            Task<Object> task = scope.fork("work", () -> bootstrap(PARAMS));
            timeline.sleep(Duration.ofMinutes(1));
            for (int i = 0; i < times; i++) {
                task.cancel();
                timeline.sleep(pause);
            }
            scope.awaitAll();
            task.result();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    @Tag("D-17")
    void aMachineThatIsKeptStaysOnRecordAndCanBeDestroyed() throws Exception {
        finisher = (machine, context) -> {
            throw new FootholdException("not today");
        };

        assertThatThrownBy(() -> bootstrap(PARAMS.keepBroken(true)))
                .hasMessage("not today")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("instance i-1 was kept", "destroyEnv() of model \"prod\" removes it"));
        assertThat(told(Event.MachineKept.class))
                .singleElement()
                .satisfies(event -> assertThat(event.id()).isEqualTo(InstanceId.of("i-1")));
        assertThat(cloud.instances).hasSize(1);
        assertThat(store.scan("prod/identities/")).as("to log in with").hasSize(1);
        assertThatThrownBy(() -> bootstrap(PARAMS)).isInstanceOf(AlreadyBootstrappedException.class);
        destroy(cloud);
        assertThat(cloud.instances).isEmpty();
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void aStoreThatIsFullKeepsNoMachineFromBeingStopped() {
        FullStore full = new FullStore();
        finisher = (machine, context) -> {
            full.full = true;
            throw new FootholdException("not today");
        };

        assertThatThrownBy(() -> new Bootstrap(full, finisher).bootstrap(guarded(cloud), context("bootstrap"), PARAMS))
                .hasMessage("not today");
        assertThat(cloud.instances).isEmpty();
    }

    @Test
    void aLaunchThatDiedIsTakenBackByTheNextOne() throws Exception {
        bootstrap(PARAMS);
        try (Scope scope = timeline.open("test", Duration.ofHours(1))) {
            Task<LaunchResult> dead = scope.fork(
                    "launch", () -> new Launch(store, LAST).launch(guarded(cloud), context("launch"), 20, LAUNCH));
            timeline.sleep(Duration.ofMillis(90));
            LaunchResult result = new Launch(store, LAST).launch(guarded(cloud), context("launch"), 1, LAUNCH);
            scope.awaitAll();
            assertThatThrownBy(dead::result).hasCauseInstanceOf(OperationLostException.class);
            assertThat(cloud.instances)
                    .containsOnlyKeys(
                            InstanceId.of("i-1"), result.started().get(0).id());
        }
    }

    /** A store that has no room left. */
    private final class FullStore implements StateStore {

        private boolean full;

        @Override
        public Optional<StoredObject> read(String name) {
            return store.read(name);
        }

        @Override
        public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes)
                throws IOException {
            if (full) {
                throw new IOException("No space left on device");
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
