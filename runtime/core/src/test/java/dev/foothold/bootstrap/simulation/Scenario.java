package dev.foothold.bootstrap.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.AlreadyBootstrappedException;
import dev.foothold.bootstrap.Bootstrap;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.Launch;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.StartedMachine;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.Destroy;
import dev.foothold.destroy.DestroyParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Holder;
import dev.foothold.journal.OperationInProgressException;
import dev.foothold.journal.Pulse;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One life of one model, which a seed chooses: clients bootstrap, launch and destroy, die between any two effects or stand
 * still for minutes, in a cloud that lags, loses, repeats, throttles and refuses. In the end comes a client that lives, in
 * a calm cloud, and everything must be in order.
 */
final class Scenario {

    private static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"));
    private static final BootstrapParams OTHERS = PARAMS.cloudConfig(c -> c.run("true"));
    private static final ModelSettings MODEL = model(1);
    private static final ModelSettings FOREIGN = model(2);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Has each life told as it goes, to find out why one ends badly. */
    private static final boolean TOLD = Boolean.getBoolean("simulation.told");

    private static final Pattern INSTANCE = Pattern.compile("instance: (\\S+)");

    private enum Verb {
        BOOTSTRAP,
        BOOTSTRAP_ANOTHER,
        LAUNCH,
        DESTROY
    }

    private final Timeline timeline;
    private final SplittableRandom random;
    private final SplittableRandom ids;
    private final @Nullable Safeguard without;
    private final MemoryStateStore store = new MemoryStateStore();
    private final Inventory inventory;
    private final Map<Holder, Life> lives = new HashMap<>();
    private final Set<InstanceId> launched = new HashSet<>();
    private final Set<InstanceId> beingConfigured = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final boolean deathsAreProvable;
    private final boolean noise;
    private final StringBuilder heard = new StringBuilder();

    private Scenario(long seed, @Nullable Safeguard without) {
        this.timeline = Timeline.virtual(seed);
        this.random = new SplittableRandom(seed);
        this.ids = new SplittableRandom(~seed);
        this.without = without;
        this.inventory = new Inventory(timeline, random.split());
        this.deathsAreProvable = random.nextBoolean();
        this.noise = seed % 10 == 0;
        inventory.foreign("f-1", FOREIGN.tags().with(Owner.OPERATION, "foreign").with(Owner.IS_CONTROLLER, "true"));
        inventory.foreign("f-2", MODEL.resourceTags());
    }

    /** Gives a model whose ids, which also feed what is random about its calls, are the same in each run. */
    private static ModelSettings model(long number) {
        Owner owner = new Owner(new UUID(number, 1), new UUID(number, 2));
        return new ModelSettings("prod", owner, Tags.none(), List.of());
    }

    /** Lives one life, and fails if it ends badly. */
    static void check(long seed, @Nullable Safeguard without) throws Exception {
        new Scenario(seed, without).live();
    }

    private void live() throws Exception {
        try (Scope scope = timeline.open("clients", HOUR.multipliedBy(100))) {
            int clients = 1 + random.nextInt(3);
            for (int i = 0; i < clients; i++) {
                Verb verb = i == 0 ? first() : Verb.values()[random.nextInt(4)];
                Life life = life();
                Holder holder = holder(i, life);
                Task<Boolean> task = scope.fork("client", () -> run(verb, holder, life, true));
                if (random.nextInt(3) == 0) {
                    // The next one does not wait for it.
                    timeline.sleep(Duration.ofMillis(random.nextInt(40_000)));
                } else {
                    scope.awaitFirst(List.of(task));
                }
            }
            scope.awaitAll();
        }
        Verb last = random.nextInt(3) == 0 ? Verb.DESTROY : Verb.BOOTSTRAP;
        Life calm = new Life(timeline, Life.NEVER, Life.NEVER, Duration.ZERO);
        last(last, holder(99, calm), calm);
        timeline.sleep(Duration.ofMinutes(1));
        assertThat(wrong).isEmpty();
        assertInOrder(last);
        if (noise) {
            assertThat(heard).doesNotContain("PRIVATE KEY");
        }
    }

    private Verb first() {
        return random.nextInt(8) == 0 ? Verb.LAUNCH : Verb.BOOTSTRAP;
    }

    /** Most die; some stand still, which is worse; some only suffer from the cloud. */
    private Life life() {
        int fate = random.nextInt(10);
        int moment = 1 + random.nextInt(60);
        return new Life(
                timeline,
                fate < 7 ? moment : Life.NEVER,
                fate == 7 || fate == 8 ? moment : Life.NEVER,
                Duration.ofSeconds(20 + random.nextInt(200)));
    }

    private Holder holder(int number, Life life) {
        Holder holder = new Holder("host-" + number, "boot", number, 1);
        lives.put(holder, life);
        return holder;
    }

    private Holder.Life judge(Holder holder) {
        if (without == Safeguard.HEARTBEAT) {
            return Holder.Life.GONE;
        }
        if (!deathsAreProvable) {
            return Holder.Life.UNKNOWN;
        }
        return lives.get(holder).isDead() ? Holder.Life.GONE : Holder.Life.ALIVE;
    }

    private boolean run(Verb verb, Holder holder, Life life, boolean faulty) {
        try {
            act(verb, holder, life, faulty);
            return true;
        } catch (Killed | FootholdException | InterruptedException e) {
            hear(e);
            return false;
        } catch (Throwable e) {
            wrong.add(verb + " ended with " + e);
            return false;
        }
    }

    /** As a user would, who does what the message says. */
    private void last(Verb verb, Holder holder, Life life) throws Exception {
        try {
            act(verb, holder, life, false);
        } catch (AlreadyBootstrappedException e) {
            // Somebody was faster, and has finished; but a launch that came after that may have died.
            hear(e);
            if (!store.scan("prod/operation").isEmpty()) {
                act(Verb.LAUNCH, holder, life, false);
            }
        } catch (OperationInProgressException e) {
            assertThat(e).hasMessageContaining("destroy the model again");
            act(Verb.DESTROY, holder, life, false);
            act(verb, holder, life, false);
        }
    }

    private void act(Verb verb, Holder holder, Life life, boolean faulty) throws InterruptedException {
        tell(holder.host() + " " + verb + " " + life);
        ClientStore clientStore = new ClientStore(store, life, without, this::ended);
        ClientCloud environ = new ClientCloud(inventory, life, timeline, random.split(), faulty, without);
        Cloud cloud = Cloud.guard(environ, MODEL, List.of(), timeline, this::hear);
        Pulse pulse = new Pulse(holder, Pulse.DEFAULT_PERIOD, this::judge);
        String kind = verb == Verb.BOOTSTRAP_ANOTHER ? "bootstrap" : verb.name().toLowerCase(java.util.Locale.ROOT);
        String id = new UUID(ids.nextLong(), ids.nextLong()).toString();
        OperationContext context = new OperationContext(id, kind, MODEL, timeline, this::hear);
        SplittableRandom script = random.split();
        switch (verb) {
            case BOOTSTRAP, BOOTSTRAP_ANOTHER ->
                new Bootstrap(
                                clientStore,
                                (machine, own) -> finish(machine, life, script, faulty),
                                HostSshOptions.defaults(),
                                pulse)
                        .bootstrap(cloud, context, verb == Verb.BOOTSTRAP ? PARAMS : OTHERS);
            case LAUNCH ->
                assertThat(launched)
                        .containsAll(new Launch(clientStore, pulse)
                                .launch(cloud, context, 2, LaunchParams.on(PARAMS.base())).started().stream()
                                        .map(Instance::id)
                                        .toList());
            case DESTROY -> new Destroy(clientStore, pulse).destroy(cloud, context, DestroyParams.defaults());
        }
    }

    /** A launch has done its work when its record goes, whether or not its client lives to tell. */
    private void ended(String record) {
        if (record.contains("kind: launch") && record.contains("stage: working")) {
            INSTANCE.matcher(record)
                    .results()
                    .map(found -> InstanceId.of(found.group(1)))
                    .forEach(launched::add);
        }
    }

    /** Stands for SSH: the machine must be there, and only one client at a time may work on it. */
    private MachineAddress finish(StartedMachine machine, Life life, SplittableRandom script, boolean faulty)
            throws InterruptedException {
        InstanceId id = machine.instance().instance().id();
        timeline.sleep(Duration.ofSeconds(1 + script.nextInt(20)));
        life.alive();
        if (!inventory.isThere(id)) {
            throw new FootholdException("machine " + id + " does not answer");
        }
        machine.stillOurs().run();
        life.moment();
        if (!beingConfigured.add(id)) {
            wrong.add("two clients configure " + id + " at the same time");
        }
        try {
            timeline.sleep(Duration.ofSeconds(1 + script.nextInt(8)));
        } finally {
            beingConfigured.remove(id);
        }
        life.moment();
        if (faulty && script.nextInt(8) == 0) {
            throw new FootholdException("the script failed");
        }
        return Inventory.ADDRESS;
    }

    private void hear(Event event) {
        tell(event);
        if (noise) {
            heard.append(event).append('\n');
        }
    }

    private void hear(Throwable failure) {
        tell(failure);
        if (noise) {
            heard.append(failure).append('\n');
            for (Throwable suppressed : failure.getSuppressed()) {
                heard.append(suppressed).append('\n');
            }
        }
    }

    private void tell(Object what) {
        if (TOLD) {
            System.out.println(timeline.now() + " " + what);
        }
    }

    private void assertInOrder(Verb last) {
        assertThat(inventory.reallyThere())
                .extracting(instance -> instance.id().value())
                .as("instances of others")
                .contains("f-1", "f-2");
        List<Instance> ours = inventory.reallyThere(MODEL.owner());
        if (last == Verb.DESTROY) {
            assertThat(ours).as("machines without a record").isEmpty();
            assertThat(recorded()).as("records").isEmpty();
            // Who has lost the model takes his words back, but leaves the file.
            assertThat(store.scan("")).isSubsetOf("prod/provider-state");
            return;
        }
        List<InstanceId> controllers = ours.stream()
                .filter(instance -> instance.tags().asMap().containsKey(Owner.IS_CONTROLLER))
                .map(Instance::id)
                .toList();
        assertThat(controllers).as("controllers").hasSize(1);
        assertThat(recorded()).as("records").isEqualTo(controllers);
        assertThat(ours)
                .extracting(Instance::id)
                .as("machines")
                .allMatch(id -> controllers.contains(id) || launched.contains(id));
        assertThat(store.scan("prod/first-boots/")).as("secrets").isEmpty();
        assertThat(store.scan("prod/operation")).as("operations").isEmpty();
    }

    private List<InstanceId> recorded() {
        try {
            return new ProviderState(store, "prod").providerStateInstances();
        } catch (NotBootstrappedException e) {
            return List.of();
        }
    }
}
