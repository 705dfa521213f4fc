package dev.foothold.destroy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.ProviderState;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The end of a model, on virtual time. */
class DestroyTest {

    private final Timeline timeline = Timeline.virtual(1);
    private final Instant start = timeline.now();
    private final ModelSettings model = ModelSettings.create("prod");
    private final MemoryStateStore store = new MemoryStateStore();
    private final Inventory inventory = new Inventory();

    private DestroyReceipt destroy() throws InterruptedException {
        Cloud cloud = Cloud.guard(inventory, model, List.of(), timeline, EventSink.none());
        return new Destroy(store)
                .destroy(
                        cloud,
                        OperationContext.create("destroy", model, timeline, EventSink.none()),
                        DestroyParams.defaults());
    }

    @Test
    void nothingIsLeftWhenTwoListingsInARowAreEmpty() throws Exception {
        inventory.has("i-1", "i-2", "i-3");

        DestroyReceipt receipt = destroy();

        assertThat(receipt.deleted()).hasSize(3);
        assertThat(receipt.isEmpty()).isTrue();
        assertThat(receipt.describe()).matches("model \"prod\": 3 instances deleted in .*, nothing left");
        assertThat(inventory.listings).isEqualTo(3);
    }

    @Test
    void withoutARecordInstancesAreFoundByTheirTags() throws Exception {
        inventory.has("i-1");

        assertThat(destroy().deletedInstances()).containsExactly(InstanceId.of("i-1"));
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void aFailureIsTriedAgainAndDoesNotKeepTheOthers() throws Exception {
        inventory.has("i-1", "i-2");
        inventory.failures.put(InstanceId.of("i-1"), 3);

        DestroyReceipt receipt = destroy();

        assertThat(receipt.deletedInstances()).containsExactlyInAnyOrder(InstanceId.of("i-1"), InstanceId.of("i-2"));
        assertThat(inventory.stopped.indexOf(InstanceId.of("i-2")))
                .isLessThan(inventory.stopped.lastIndexOf(InstanceId.of("i-1")));
    }

    @Test
    void whatCannotBeStoppedIsNamedWithItsReasonAndKeptOnRecord() throws Exception {
        new ProviderState(store, "prod").addStateInstance(InstanceId.of("i-1"));
        inventory.has("i-1", "i-2");
        inventory.failures.put(InstanceId.of("i-1"), Integer.MAX_VALUE);

        assertThatThrownBy(this::destroy)
                .isInstanceOfSatisfying(DestroyException.class, e -> {
                    assertThat(e.receipt().deletedInstances()).containsExactly(InstanceId.of("i-2"));
                    assertThat(e.receipt().kept())
                            .extracting(DestroyReceipt.Item::id)
                            .containsExactly("i-1");
                    assertThat(e.getCause()).hasMessageContaining("in use");
                })
                .hasMessageContainingAll("i-1", "in use", "again");
        assertThat(new ProviderState(store, "prod").providerStateInstances()).containsExactly(InstanceId.of("i-1"));
        assertThat(Duration.between(start, timeline.now())).isLessThan(Duration.ofMinutes(11));
    }

    @Test
    void aStopThatChangesNothingIsNotBelieved() throws Exception {
        inventory.has("i-1");
        inventory.lies = true;

        assertThatThrownBy(this::destroy)
                .isInstanceOf(DestroyException.class)
                .hasMessageContainingAll("i-1", "still listed");
    }

    @Test
    void instancesOfOthersAreNotTouchedAlthoughTheCloudListsThem() throws Exception {
        inventory.has("i-1");
        inventory.foreign.add(Instance.of("i-2", InstanceStatus.RUNNING));

        assertThat(destroy().deletedInstances()).containsExactly(InstanceId.of("i-1"));
        assertThat(inventory.stopped).doesNotContain(InstanceId.of("i-2"));
    }

    @Test
    void batchesAreAsLargeAsTheCloudTakesThem() throws Exception {
        inventory.maxBatch = 4;
        inventory.has("i-1", "i-2", "i-3", "i-4", "i-5", "i-6");

        destroy();

        assertThat(inventory.batches).containsExactlyInAnyOrder(4, 2);
    }

    @Test
    void theStateGoesLast() throws Exception {
        new ProviderState(store, "prod").addStateInstance(InstanceId.of("i-1"));
        new ProviderState(store, "production").addStateInstance(InstanceId.of("i-9"));

        destroy();

        assertThat(store.scan("")).as("only of this model").containsExactly("production/provider-state");
    }

    /** A cloud that is nothing but a list, with stops that can fail. */
    private final class Inventory implements Environ {

        private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
        private final Set<Instance> foreign = new LinkedHashSet<>();
        private final Map<InstanceId, Integer> failures = new HashMap<>();
        private final List<InstanceId> stopped = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private int maxBatch = 1;
        private int listings;
        private boolean lies;

        void has(String... ids) {
            for (String id : ids) {
                instances.put(
                        InstanceId.of(id),
                        Instance.of(id, InstanceStatus.RUNNING)
                                .tagged(model.owner().tags()));
            }
        }

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException("nothing is started here");
        }

        @Override
        public void stopInstance(InstanceId id) throws Exception {
            timeline.sleep(Duration.ofMillis(50));
            stopped.add(id);
            if (failures.merge(id, -1, Integer::sum) >= 0) {
                throw new IOException(id + " is in use");
            }
            if (!lies) {
                instances.remove(id);
            }
        }

        @Override
        public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
            batches.add(ids.size());
            return Environ.super.stopInstances(ids);
        }

        @Override
        public int maxBatch() {
            return maxBatch;
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            timeline.sleep(Duration.ofMillis(20));
            listings++;
            List<Instance> all = new ArrayList<>(foreign);
            all.addAll(instances.values());
            return all;
        }
    }
}
