package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.InstanceTagger;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    private final ModelSettings model = ModelSettings.create("prod");
    private final Stocked environ = new Stocked();
    private final Cloud cloud = guard(environ);

    private Cloud guard(Environ author) {
        return Cloud.guard(author, model, List.of(), Timeline.virtual(1), EventSink.none());
    }

    @Test
    void whatAnEnvironCannotDoIsNotThere() {
        Cloud plain = guard(new Plain());

        assertThat(plain.zones()).isEmpty();
        assertThat(plain.resources()).isEmpty();
        assertThat(plain.tagger()).isEmpty();
        assertThat(plain.credentialProbe()).isEmpty();
    }

    @Test
    void resourcesThatLackOneOfTheOwnersTagsAreNotSeen() throws Exception {
        Resource ours = volume("ours").tagged(model.tags().with("more", "tags"));
        environ.stock.addAll(List.of(
                volume("bare"),
                volume("half")
                        .tagged(Tags.of(
                                Owner.MODEL_UUID, model.owner().modelUuid().toString())),
                ours));

        assertThat(cloud.resources().orElseThrow().resources(ResourceKind.VOLUME))
                .containsExactly(ours);
        assertThat(environ.askedFor).isEqualTo(model.owner().tags());
    }

    @Test
    void resourcesOfAnotherKindThanWasAskedForAreNotSeen() throws Exception {
        environ.stock.add(Resource.of(ResourceKind.ADDRESS, "ours").tagged(model.tags()));

        assertThat(cloud.resources().orElseThrow().resources(ResourceKind.VOLUME))
                .isEmpty();
    }

    @Test
    void kindsKeepTheirOrder() throws Exception {
        assertThat(cloud.resources().orElseThrow().kinds()).containsExactly(ResourceKind.VOLUME, ResourceKind.ADDRESS);
    }

    @Test
    void aResourceOfTheOwnerIsDeleted() throws Exception {
        Resource ours = volume("ours").tagged(model.tags());
        environ.stock.add(ours);

        cloud.resources().orElseThrow().delete(ours);

        assertThat(environ.stock).isEmpty();
    }

    @Test
    void aResourceOfAnotherOwnerIsNeverDeleted() {
        Resource foreign = volume("foreign")
                .named("data")
                .tagged(ModelSettings.create("other").tags());
        environ.stock.add(foreign);

        assertThatThrownBy(() -> cloud.resources().orElseThrow().delete(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("volume foreign \"data\"", "owner");
        assertThat(environ.stock).containsExactly(foreign);
    }

    @Test
    void aFailureNamesTheResource() {
        environ.failure = new IOException("it is in use");

        assertThatThrownBy(() -> cloud.resources()
                        .orElseThrow()
                        .delete(volume("v-1").named("data").tagged(model.tags())))
                .isInstanceOf(CloudException.class)
                .hasMessage("delete volume v-1 \"data\": it is in use");
        assertThatThrownBy(() -> cloud.resources().orElseThrow().resources(ResourceKind.VOLUME))
                .hasMessage("resources of kind volume: it is in use");
    }

    @Test
    void tagsArePutOnAnInstance() throws Exception {
        cloud.tagger().orElseThrow().tagInstance(InstanceId.of("i-1"), Tags.of("role", "db"));

        assertThat(environ.tagged).containsExactly("i-1 {role=db}");
    }

    @Test
    void tagsThatWouldGiveAnInstanceAwayAreRefused() {
        Tags foreign = ModelSettings.create("other").tags();

        assertThatThrownBy(() -> cloud.tagger().orElseThrow().tagInstance(InstanceId.of("i-1"), foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("i-1", Owner.MODEL_UUID, "another owner");
        assertThat(environ.tagged).isEmpty();
    }

    @Test
    void theOwnersOwnTagsMayBePutOnAgain() throws Exception {
        cloud.tagger().orElseThrow().tagInstance(InstanceId.of("i-1"), model.tags());

        assertThat(environ.tagged).hasSize(1);
    }

    @Test
    void aResourceSaysWhatItIs() {
        assertThat(volume("v-1").describe()).isEqualTo("volume v-1");
        assertThat(volume("v-1").named("data").describe()).isEqualTo("volume v-1 \"data\"");
        assertThat(volume("v-1").attachedTo(InstanceId.of("i-1")).attachment()).contains(InstanceId.of("i-1"));
        assertThat(volume("v-1").attachment()).isEmpty();
        assertThatThrownBy(() -> volume(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResourceKind.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Resource volume(String id) {
        return Resource.of(ResourceKind.VOLUME, id);
    }

    private static class Plain implements Environ {

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stopInstance(InstanceId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.of();
        }
    }

    private static final class Stocked extends Plain implements HasResources, InstanceTagger {

        private final List<Resource> stock = new ArrayList<>();
        private final List<String> tagged = new ArrayList<>();
        private Tags askedFor = Tags.none();
        private @Nullable IOException failure;

        private void failIfTold() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public List<ResourceKind> kinds() {
            return List.of(ResourceKind.VOLUME, ResourceKind.ADDRESS);
        }

        @Override
        public List<Resource> resources(ResourceKind kind, Tags owner) throws IOException {
            failIfTold();
            askedFor = owner;
            return stock;
        }

        @Override
        public void delete(Resource resource) throws IOException {
            failIfTold();
            stock.remove(resource);
        }

        @Override
        public void tagInstance(InstanceId id, Tags tags) {
            tagged.add(id + " " + tags);
        }
    }
}
