package dev.foothold.destroy;

import static dev.foothold.environ.ResourceKind.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.EventSink;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.ProviderState;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens when some of a model's instances are stopped, on virtual time. */
class StoppingTest {

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final Tags ours = model.owner().tags();
    private final MemoryStateStore store = new MemoryStateStore();
    private final Storeroom cloud = new Storeroom(timeline);

    private List<InstanceId> stop(String... ids) throws InterruptedException {
        Cloud guarded = Cloud.guard(cloud, model, List.of(), timeline, EventSink.none());
        return new Stopping(store)
                .stop(
                        guarded,
                        OperationContext.create("stop", model, timeline, EventSink.none()),
                        Stream.of(ids).map(InstanceId::of).toList(),
                        DestroyParams.defaults().within(Duration.ofMinutes(2)));
    }

    @Test
    void thoseThatAreChosenGoAndAllElseStays() throws Exception {
        cloud.hasInstance("i-1", ours, null);
        cloud.hasInstance("i-2", ours, null);
        cloud.hasInstance("i-3", ours, null);
        cloud.has(VOLUME, "vol-1", ours, "i-2");

        assertThat(stop("i-3", "i-2")).containsExactlyInAnyOrder(InstanceId.of("i-3"), InstanceId.of("i-2"));

        assertThat(cloud.there()).containsExactly("i-1", "vol-1");
    }

    @Test
    void whatIsNotThereOrNotOursNeedsNoStopping() throws Exception {
        cloud.hasInstance("i-1", ours, null);
        cloud.hasInstance("i-9", ModelSettings.create("other").owner().tags(), null);

        assertThat(stop("i-7", "i-9")).isEmpty();
        assertThat(stop()).isEmpty();

        assertThat(cloud.there()).containsExactly("i-1", "i-9");
        assertThat(cloud.tries("i-9")).isZero();
    }

    @Test
    void whatIsRefusedIsTriedAgain() throws Exception {
        cloud.hasInstance("i-1", ours, null);
        cloud.refuses("i-1", 3, Storeroom.inUse("i-1"));

        assertThat(stop("i-1")).containsExactly(InstanceId.of("i-1"));
        assertThat(cloud.tries("i-1")).isEqualTo(4);
    }

    @Test
    void whatCannotBeStoppedIsNamedAndKeepsNoOther() {
        cloud.hasInstance("i-1", ours, null);
        cloud.hasInstance("i-2", ours, null);
        cloud.refuses("i-1", Integer.MAX_VALUE, Storeroom.forbidden("i-1"));

        assertThatThrownBy(() -> stop("i-1", "i-2"))
                .isInstanceOfSatisfying(DestroyException.class, e -> {
                    assertThat(e.receipt().kept())
                            .extracting(DestroyReceipt.Item::id)
                            .containsExactly("i-1");
                    assertThat(e.receipt().deletedInstances()).containsExactly(InstanceId.of("i-2"));
                })
                .hasMessageContaining("model \"prod\": 1 instance deleted")
                .hasMessageContaining("stop them again to go on")
                .hasCauseInstanceOf(FootholdException.class);
    }

    @Test
    void whatTheCloudOnlySaysItHasStoppedIsNotTakenForGone() {
        cloud.hasInstance("i-1", ours, null);
        cloud.staying.add("i-1");

        assertThatThrownBy(() -> stop("i-1"))
                .isInstanceOf(DestroyException.class)
                .hasMessageContaining("instance i-1: still listed after 2m");
    }

    @Test
    void theControllerGoesWithItsModelOnly() {
        cloud.hasInstance("i-1", ours, null);
        cloud.hasInstance("i-2", ours, null);
        new ProviderState(store, "prod").addStateInstance(InstanceId.of("i-1"));

        assertThatThrownBy(() -> stop("i-2", "i-1"))
                .hasMessage(
                        "instance i-1 is the controller of model \"prod\" and goes with it: destroyEnv() removes both");

        assertThat(cloud.there()).containsExactly("i-1", "i-2");
    }
}
