package dev.foothold.destroy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.FaultyCloud.Killed;
import dev.foothold.destroy.FaultyCloud.Temper;
import dev.foothold.environ.ResourceKind;
import dev.foothold.event.EventSink;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import dev.foothold.testing.Seeds;
import dev.foothold.time.Timeline;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails, and whenever the client dies: in the end either nothing is left, or the receipt says exactly what is.
 * More seeds: {@code -Dsimulation.destroys=10000}.
 */
class DestroySimulationTest {

    static final Owner OWNER = new Owner(new UUID(1, 1), new UUID(1, 2));

    private static final Owner NEIGHBOUR = new Owner(new UUID(2, 1), new UUID(1, 2));
    private static final int DESTROYS = Integer.getInteger("simulation.destroys", 3_000);

    @Test
    void nothingIsLeftOrTheReceiptSaysWhat() {
        long start = System.nanoTime();
        Seeds.forEach(DESTROYS, DestroySimulationTest::check);
        System.out.printf("models were destroyed in spite of all, in %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static void check(long seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Timeline timeline = Timeline.virtual(seed);
        FaultyCloud cloud = new FaultyCloud(timeline, random);
        boolean stubborn = random.nextInt(3) == 0;
        int instances = random.nextInt(7);
        fill(cloud, random, OWNER, "ours-", instances, stubborn);
        fill(cloud, random, NEIGHBOUR, "theirs-", 3, false);
        Set<String> theirs = cloud.there(NEIGHBOUR.tags());
        MemoryStateStore store = new MemoryStateStore();

        int deaths = random.nextInt(4);
        for (int life = 0; life <= deaths; life++) {
            cloud.lifetime = life < deaths ? 1 + random.nextInt(25) : Integer.MAX_VALUE;
            StateStore used = new MortalStore(store, cloud);
            try {
                DestroyReceipt receipt = destroy(cloud, used, timeline);

                assertThat(cloud.there(OWNER.tags())).as("really there").isEmpty();
                assertThat(receipt.isEmpty()).isTrue();
                assertThat(store.scan("")).isEmpty();
            } catch (DestroyException e) {
                checkLeft(e.receipt(), cloud.there(OWNER.tags()));
                assertThat(stubborn)
                        .as("there was a reason: %s", e.getMessage())
                        .isTrue();
                assertThat(store.scan("")).as("the next run knows").isNotEmpty();
            } catch (Killed e) {
                // The next one goes on.
                timeline.sleep(Duration.ofSeconds(random.nextInt(60)));
            }
        }
        assertThat(cloud.misdeeds).isEmpty();
        assertThat(cloud.there(NEIGHBOUR.tags())).isEqualTo(theirs);
    }

    private static void checkLeft(DestroyReceipt receipt, Set<String> there) {
        Set<String> named = new HashSet<>();
        receipt.kept().forEach(item -> named.add(item.id()));
        receipt.unknown().forEach(item -> named.add(item.id()));
        assertThat(receipt.deleted().stream().map(DestroyReceipt.Item::id))
                .as("said to be deleted")
                .doesNotContainAnyElementsOf(there);
        if (receipt.unlisted().isEmpty()) {
            assertThat(named).as("named: %s", receipt.describe()).containsAll(there);
        }
        assertThat(receipt.kept()).allSatisfy(item -> assertThat(item.reason()).isNotEmpty());
    }

    private static DestroyReceipt destroy(FaultyCloud cloud, StateStore store, Timeline timeline)
            throws InterruptedException {
        ModelSettings model = new ModelSettings("prod", OWNER, Tags.none(), List.of());
        return new Destroy(store)
                .destroy(
                        Cloud.guard(cloud, model, List.of(), timeline, EventSink.none()),
                        OperationContext.create("destroy", model, timeline, EventSink.none()),
                        DestroyParams.defaults().within(Duration.ofSeconds(45)));
    }

    private static void fill(
            FaultyCloud cloud, SplittableRandom random, Owner owner, String prefix, int instances, boolean stubborn) {
        for (int i = 0; i < instances; i++) {
            cloud.has(Thing.INSTANCE, prefix + "i-" + i, owner.tags(), null, temper(random, stubborn));
        }
        for (ResourceKind kind : FaultyCloud.KINDS) {
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String user = instances > 0 && random.nextBoolean() && !kind.equals(ResourceKind.SECURITY_GROUP)
                        ? prefix + "i-" + random.nextInt(instances)
                        : null;
                cloud.has(
                        kind,
                        prefix + kind.name().replace(' ', '-') + "-" + i,
                        owner.tags(),
                        user,
                        temper(random, stubborn));
            }
        }
    }

    static Temper temper(SplittableRandom random, boolean stubborn) {
        return stubborn && random.nextInt(5) == 0
                ? Temper.values()[1 + random.nextInt(Temper.values().length - 1)]
                : Temper.OBEYS;
    }

    /** Ends with its client. */
    private record MortalStore(MemoryStateStore store, FaultyCloud cloud) implements StateStore {

        @Override
        public Optional<StoredObject> read(String name) {
            cloud.alive();
            return store.read(name);
        }

        @Override
        public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) {
            cloud.alive();
            return store.compareAndSet(name, expected, bytes);
        }

        @Override
        public List<String> scan(String prefix) {
            cloud.alive();
            return store.scan(prefix);
        }

        @Override
        public URI locate(String name) {
            return store.locate(name);
        }
    }
}
