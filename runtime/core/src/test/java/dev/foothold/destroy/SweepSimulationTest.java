package dev.foothold.destroy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.FaultyCloud.Killed;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.ResourceKind;
import dev.foothold.event.EventSink;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.testing.Seeds;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails, whenever the client dies and whatever is put on record meanwhile: nothing is removed that is live,
 * somebody else's, young or of unknown age, and in the end all the rest is gone or named. More seeds: {@code
 * -Dsimulation.sweeps=…}.
 */
class SweepSimulationTest {

    private static final UUID CONTROLLER = new UUID(1, 2);
    private static final List<Owner> FORGOTTEN =
            List.of(new Owner(new UUID(1, 1), CONTROLLER), new Owner(new UUID(2, 1), CONTROLLER));
    private static final Owner LIVE = new Owner(new UUID(3, 1), CONTROLLER);
    private static final Owner NEIGHBOUR = new Owner(new UUID(1, 1), new UUID(9, 9));
    private static final Duration GRACE = Duration.ofDays(1);
    private static final int SWEEPS = Integer.getInteger("simulation.sweeps", 1_000);

    @Test
    void onlyWhatIsForgottenGoesAndWhatDoesNotIsNamed() {
        Seeds.forEach(SWEEPS, seed -> new World(seed).check());
    }

    /** One cloud, and who sweeps it. */
    private static final class World {

        private final SplittableRandom random;
        private final Timeline timeline;
        private final FaultyCloud cloud;
        private final Map<UUID, String> live = new HashMap<>(Map.of(LIVE.modelUuid(), "live"));
        private final Set<String> due = new HashSet<>();
        private final Set<String> spared = new HashSet<>();
        private final Instant claimedAt;

        World(long seed) {
            random = new SplittableRandom(seed);
            timeline = Timeline.virtual(seed);
            cloud = new FaultyCloud(timeline, random);
            claimedAt = random.nextBoolean() ? timeline.now().plusMillis(random.nextInt(5_000)) : Instant.MAX;
            cloud.mayGo =
                    (tags, created) -> tags.asMap().get(Owner.CONTROLLER_UUID).equals(CONTROLLER.toString())
                            && !live().containsKey(UUID.fromString(tags.asMap().get(Owner.MODEL_UUID)))
                            && created != null
                            && created.isBefore(timeline.now().minus(GRACE));
            FORGOTTEN.forEach(owner -> fill(owner, true));
            fill(LIVE, false);
            fill(NEIGHBOUR, false);
        }

        private void fill(Owner owner, boolean forgotten) {
            String prefix = owner.controllerUuid().getMostSignificantBits() + "-"
                    + owner.modelUuid().getMostSignificantBits() + "-";
            int instances = random.nextInt(4);
            for (int i = 0; i < instances; i++) {
                add(Thing.INSTANCE, prefix + "i-" + i, owner, null, forgotten);
            }
            for (ResourceKind kind : FaultyCloud.KINDS) {
                for (int i = 0; i < random.nextInt(3); i++) {
                    String user = instances > 0 && random.nextBoolean() && !kind.equals(ResourceKind.SECURITY_GROUP)
                            ? prefix + "i-" + random.nextInt(instances)
                            : null;
                    add(kind, prefix + kind.name().replace(' ', '-') + "-" + i, owner, user, forgotten);
                }
            }
        }

        private void add(ResourceKind kind, String id, Owner owner, @Nullable String user, boolean forgotten) {
            cloud.has(kind, id, owner.tags(), user, DestroySimulationTest.temper(random, random.nextInt(4) == 0));
            Instant old = timeline.now().minus(GRACE).minus(Duration.ofMinutes(1 + random.nextInt(9_999)));
            int age = random.nextInt(6);
            cloud.made(id, age == 0 ? null : age == 1 ? timeline.now() : old);
            (forgotten && age > 1 ? due : spared).add(id);
        }

        /** Somebody puts one of the models on record at some moment. */
        private Map<UUID, String> live() {
            cloud.alive();
            if (!timeline.now().isBefore(claimedAt)) {
                live.put(FORGOTTEN.get(0).modelUuid(), "back");
            }
            return live;
        }

        void check() throws InterruptedException {
            int deaths = random.nextInt(3);
            for (int life = 0; life <= deaths; life++) {
                cloud.lifetime = life < deaths ? 1 + random.nextInt(25) : Integer.MAX_VALUE;
                try {
                    checkLeft(sweep());
                } catch (Killed e) {
                    timeline.sleep(Duration.ofSeconds(random.nextInt(60)));
                } catch (CloudException e) {
                    assertThat(e).as("instances are not listed").hasMessageContaining("allInstances");
                }
            }
            assertThat(cloud.misdeeds).isEmpty();
            assertThat(cloud.there(Tags.none())).containsAll(spared);
        }

        private SweepReport sweep() throws InterruptedException {
            ModelSettings model = new ModelSettings("own", LIVE, Tags.none(), List.of());
            return new Sweeper(this::live)
                    .sweep(
                            Cloud.guard(cloud, model, List.of(), timeline, EventSink.none()),
                            OperationContext.create("sweep", model, timeline, EventSink.none()),
                            Sweep.of(CONTROLLER, GRACE)
                                    .removing()
                                    .with(DestroyParams.defaults().within(Duration.ofMinutes(2))));
        }

        private void checkLeft(SweepReport report) {
            Set<String> named = new HashSet<>();
            Set<String> gone = new HashSet<>();
            boolean unlisted = !report.unlisted().isEmpty();
            for (SweepReport.Orphan orphan : report.orphans()) {
                DestroyReceipt receipt = orphan.receipt();
                if (receipt == null) {
                    orphan.items().forEach(item -> named.add(item.id()));
                } else {
                    receipt.kept().forEach(item -> named.add(item.id()));
                    receipt.unknown().forEach(item -> named.add(item.id()));
                    receipt.deleted().forEach(item -> gone.add(item.id()));
                    unlisted |= !receipt.unlisted().isEmpty();
                }
            }
            Set<String> there = cloud.there(Owner.managedBy(CONTROLLER));
            assertThat(gone).as("said to be deleted").doesNotContainAnyElementsOf(there);
            there.retainAll(due);
            live.keySet().forEach(uuid -> there.removeAll(cloud.there(new Owner(uuid, CONTROLLER).tags())));
            if (!unlisted) {
                assertThat(named).as("named: %s", report.describe()).containsAll(there);
            }
            assertThat(there.isEmpty() || !report.isClean()).isTrue();
        }
    }
}
