package dev.foothold.destroy;

import static dev.foothold.environ.ResourceKind.ADDRESS;
import static dev.foothold.environ.ResourceKind.FILE_SYSTEM;
import static dev.foothold.environ.ResourceKind.SECURITY_GROUP;
import static dev.foothold.environ.ResourceKind.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.ResourceKind;
import dev.foothold.event.EventSink;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.ProviderState;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of volumes, addresses, groups and the like when their model ends, on virtual time. */
class DestroyResourcesTest {

    private static final ResourceKind NETWORK = ResourceKind.of("network");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final Tags ours = model.owner().tags();
    private final MemoryStateStore store = new MemoryStateStore();
    private final Storeroom cloud = new Storeroom(timeline);

    private Cloud guarded() {
        return Cloud.guard(cloud, model, List.of(), timeline, EventSink.none());
    }

    private OperationContext operation() {
        return OperationContext.create("destroy", model, timeline, EventSink.none());
    }

    private DestroyReceipt destroy() throws InterruptedException {
        return new Destroy(store)
                .destroy(guarded(), operation(), DestroyParams.defaults().within(PATIENCE));
    }

    private DestroyReceipt destroyInVain() {
        return catchThrowableOfType(DestroyException.class, this::destroy).receipt();
    }

    private static List<String> ids(List<DestroyReceipt.Item> items) {
        return items.stream().map(DestroyReceipt.Item::id).toList();
    }

    // ---- Order

    @Test
    void usersGoBeforeWhatTheyUse() throws Exception {
        cloud.hasInstance("i-1", ours, null);
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.has(SECURITY_GROUP, "sg-1", ours, null);
        cloud.has(NETWORK, "net-1", ours, null);

        DestroyReceipt receipt = destroy();

        assertThat(cloud.removed).containsExactly("i-1", "vol-1", "sg-1", "net-1");
        assertThat(receipt.isEmpty()).isTrue();
        assertThat(ids(receipt.deleted())).containsExactly("i-1", "vol-1", "sg-1", "net-1");
    }

    @Test
    void aKindWaitsUntilNothingIsLeftThatMayUseIt() {
        cloud.hasInstance("i-1", ours, null);
        cloud.has(SECURITY_GROUP, "sg-1", ours, null);
        cloud.has(NETWORK, "net-1", ours, null);
        cloud.refuses("sg-1", Integer.MAX_VALUE, Storeroom.inUse("sg-1"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(cloud.removed).doesNotContain("net-1");
        assertThat(receipt.kept())
                .filteredOn(item -> item.id().equals("net-1"))
                .extracting(DestroyReceipt.Item::reason)
                .containsExactly("may be used by security group sg-1");
    }

    @Test
    void aVolumeGoesWithoutItsInstanceAlthoughAnotherInstanceStays() {
        cloud.hasInstance("i-1", ours, null);
        cloud.hasInstance("i-2", ours, null);
        cloud.has(VOLUME, "vol-1", ours, "i-1");
        cloud.has(VOLUME, "vol-2", ours, "i-2");
        cloud.has(VOLUME, "vol-3", ours, null);
        cloud.refuses("i-2", Integer.MAX_VALUE, Storeroom.forbidden("i-2"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(ids(receipt.deleted())).containsExactly("i-1", "vol-1");
        assertThat(cloud.there()).containsExactly("i-2", "vol-2", "vol-3");
        assertThat(receipt.describe()).contains("vol-2: may be used by instance i-2");
    }

    // ---- What is refused

    @Test
    void whatIsInUseIsTriedAgainUntilItGoes() throws Exception {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.refuses("vol-1", 9, Storeroom.inUse("vol-1"));

        assertThat(destroy().isEmpty()).isTrue();
        assertThat(cloud.tries("vol-1")).isEqualTo(10);
    }

    @Test
    void aFinalRefusalIsNotRepeatedAndKeepsOnlyWhatDependsOnIt() {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.has(VOLUME, "vol-2", ours, null);
        cloud.has(ADDRESS, "ip-1", ours, null);
        cloud.has(NETWORK, "net-1", ours, null);
        cloud.users.put(NETWORK, List.of(VOLUME));
        cloud.refuses("vol-1", Integer.MAX_VALUE, Storeroom.forbidden("vol-1"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(cloud.tries("vol-1")).isEqualTo(1);
        assertThat(ids(receipt.deleted())).containsExactlyInAnyOrder("vol-2", "ip-1");
        assertThat(ids(receipt.kept())).containsExactlyInAnyOrder("vol-1", "net-1");
        assertThat(Duration.between(receipt.began(), receipt.ended()))
                .as("nobody waits for what will not happen")
                .isLessThan(PATIENCE);
    }

    @Test
    @Tag("D-20")
    void thatAThingIsNotThereIsWhatWasWantedHoweverItIsSaid() throws Exception {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.answers.put("vol-1", attempt -> {
            cloud.others.remove("vol-1");
            return new IOException(
                    "deletion failed",
                    new IllegalStateException(new CloudException(CloudException.Kind.NOT_FOUND, "no such volume")));
        });

        assertThat(ids(destroy().deleted())).containsExactly("vol-1");
        assertThat(cloud.tries("vol-1")).isEqualTo(1);
    }

    @Test
    @Tag("D-21")
    void failuresOfOneKindDoNotKeepTheNext() {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.has(FILE_SYSTEM, "fs-1", ours, null);
        cloud.has(ADDRESS, "ip-1", ours, null);
        cloud.refuses("vol-1", Integer.MAX_VALUE, new IOException("boom"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(ids(receipt.deleted())).containsExactlyInAnyOrder("fs-1", "ip-1");
        assertThat(ids(receipt.kept())).containsExactly("vol-1");
    }

    @Test
    @Tag("D-22")
    void fileSystemsOfTheWholeModelGoAsVolumesDo() throws Exception {
        cloud.has(FILE_SYSTEM, "fs-1", ours, null);
        cloud.has(VOLUME, "vol-1", ours, null);

        assertThat(ids(destroy().deleted())).containsExactlyInAnyOrder("fs-1", "vol-1");
        assertThat(cloud.there()).isEmpty();
    }

    @Test
    void whatIsSomebodyElsesIsNeitherRemovedNorNamed() throws Exception {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.has(VOLUME, "vol-2", ModelSettings.create("test").owner().tags(), null);

        assertThat(ids(destroy().items())).containsExactly("vol-1");
        assertThat(cloud.there()).containsExactly("vol-2");
    }

    // ---- What is not known

    @Test
    void whatWasDeletedButCannotBeListedAnyMoreIsUnknown() {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.listingAnswers.put(
                "volume",
                attempt -> attempt == 1
                        ? null
                        : new CloudException(CloudException.Kind.NOT_AUTHORISED, "you may not list volumes"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(receipt.unknown()).extracting(DestroyReceipt.Item::id).containsExactly("vol-1");
        assertThat(receipt.unlisted()).containsOnlyKeys("volume");
        assertThat(receipt.isEmpty()).isFalse();
        assertThat(receipt.describe())
                .contains("1 volume unknown", "vol-1: deleted, but whether it is gone cannot be seen")
                .contains("any volume, as they cannot be listed: ", "you may not list volumes");
    }

    @Test
    void oneListingThatFailsIsNotTheEnd() throws Exception {
        cloud.hasInstance("i-1", ours, null);
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.listingAnswers.put("volume", attempt -> attempt % 2 == 1 ? new IOException("reset") : null);
        cloud.listingAnswers.put("instance", attempt -> attempt == 2 ? new IOException("reset") : null);

        assertThat(destroy().isEmpty()).isTrue();
        assertThat(cloud.there()).isEmpty();
    }

    @Test
    void kindsThatCannotBeListedKeepWhatTheyMayUse() {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.has(NETWORK, "net-1", ours, null);
        cloud.users.put(NETWORK, List.of(VOLUME));
        cloud.listingAnswers.put("volume", attempt -> new IOException("reset"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(cloud.removed).isEmpty();
        assertThat(receipt.describe()).contains("net-1: may be used by any volume, as they cannot be listed");
    }

    @Test
    void aDeletionThatChangesNothingIsNotBelieved() {
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.staying.add("vol-1");

        assertThat(destroyInVain().describe()).contains("vol-1: still listed after");
    }

    // ---- Batches

    @Test
    void leftoversAreGatheredToFullBatches() throws Exception {
        cloud.maxBatch = 4;
        for (int i = 0; i < 16; i++) {
            cloud.has(VOLUME, "vol-" + i, ours, null);
            // One of each of the first four batches.
            cloud.refuses("vol-" + i, i % 4 == 0 ? 1 : 0, Storeroom.inUse("vol-" + i));
        }

        destroy();

        assertThat(cloud.batches).containsExactly(4, 4, 4, 4, 4);
    }

    // ---- The receipt

    @Test
    void theReceiptCountsByKindAndNamesWhatIsLeft() throws Exception {
        cloud.hasInstance("i-1", ours, null);
        cloud.has(VOLUME, "vol-1", ours, null);
        cloud.has(VOLUME, "vol-2", ours, null);
        cloud.others.computeIfPresent("vol-2", (id, volume) -> volume.named("data"));
        cloud.refuses("vol-2", Integer.MAX_VALUE, Storeroom.forbidden("vol-2"));

        DestroyReceipt receipt = destroyInVain();

        assertThat(receipt.describe())
                .matches("model \"prod\": 1 instance, 1 volume deleted in [^,]*, 1 volume kept:\n"
                        + "  volume vol-2 \"data\": .*you may not delete vol-2.*");
        JsonNode json = new ObjectMapper().readTree(receipt.toJson());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("model", "began", "ended", "deleted", "kept", "unknown", "unlisted");
        assertThat(json.at("/model").asText()).isEqualTo("prod");
        assertThat(json.at("/deleted/0/kind").asText()).isEqualTo("instance");
        assertThat(json.at("/deleted/1/id").asText()).isEqualTo("vol-1");
        assertThat(json.at("/kept/0/name").asText()).isEqualTo("data");
        assertThat(json.at("/kept/0/reason").asText()).contains("you may not delete vol-2");
        assertThat(json.at("/unknown")).isEmpty();
    }

    @Test
    void aDryRunSaysExactlyWhatThenGoesAndChangesNothing() throws Exception {
        new ProviderState(store, "prod").addStateInstance(InstanceId.of("i-1"));
        cloud.hasInstance("i-1", ours, null);
        cloud.has(VOLUME, "vol-1", ours, "i-1");
        cloud.has(SECURITY_GROUP, "sg-1", ours, null);
        cloud.has(VOLUME, "vol-9", Tags.none(), null);

        DestroyPlan plan = new Destroy(store).plan(guarded(), operation());

        assertThat(cloud.removed).isEmpty();
        assertThat(store.scan("")).containsExactly("prod/provider-state");
        assertThat(plan.state()).isEqualTo(store.scan("prod/"));
        assertThat(plan.items())
                .extracting(DestroyPlan.Item::id)
                .containsExactlyElementsOf(ids(destroy().deleted()));
    }

    // ---- Protection

    @Test
    void aProtectedModelIsNotDestroyedByAnybodyWhoUsesTheStore() throws Exception {
        cloud.has(VOLUME, "vol-1", ours, null);
        new Protection(store, "prod").set("it earns our money");

        assertThatThrownBy(this::destroy)
                .isInstanceOf(ModelProtectedException.class)
                .hasMessageContainingAll("prod", "it earns our money", "unprotect()");
        assertThat(cloud.removed).isEmpty();
        assertThat(store.scan("")).as("no claim, nothing lost").containsExactly("prod/protection");
        assertThat(new Destroy(store).plan(guarded(), operation()).describe()).contains("it earns our money");

        new Protection(store, "prod").clear();
        assertThat(destroy().isEmpty()).isTrue();
    }

    // ---- Interruption

    @Test
    void anInterruptionEndsItAtOnceAndARepeatGoesOn() throws Exception {
        for (int i = 0; i < 5; i++) {
            cloud.has(VOLUME, "vol-" + i, ours, null);
        }
        new ProviderState(store, "prod").addStateInstance(InstanceId.of("i-1"));
        cloud.answers.put("vol-3", attempt -> attempt == 1 ? new InterruptedException("enough") : null);

        assertThatThrownBy(this::destroy).isInstanceOf(InterruptedException.class);
        assertThat(cloud.there()).contains("vol-3");
        assertThat(store.scan("")).as("the next run knows").contains("prod/operation", "prod/provider-state");

        assertThat(destroy().isEmpty()).isTrue();
        assertThat(cloud.there()).isEmpty();
        assertThat(store.scan("")).isEmpty();
    }
}
