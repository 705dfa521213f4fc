package dev.foothold.destroy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What a destroy asks of the cloud, in which order, and what it fails with, against recorded answers.
 *
 * <p>A storage provider is a kind of resources that only instances use. Which of them count is the environ's to say, so
 * that questions of the recorded interface that lead there have no like here. What is asked again, to prove that nothing
 * is left or because it failed, counts once; of kinds that do not depend on each other only the order in each is compared,
 * as they are removed at the same time.
 */
class DestroyVectorsTest {

    private static final Set<String> QUESTIONS = Set.of("Dynamic", "Scope", "Supports block", "VolumeSource");
    private static final List<String> PREFIXES = List.of(
            "destroying instances: ",
            "destroying storage: ",
            "getting volume source: ",
            "listing volumes: ",
            "destroying volumes: ");

    @TestFactory
    @Tag("D-20")
    @Tag("D-21")
    Stream<DynamicTest> destroy() {
        return Vectors.file("destroy").tests(DestroyVectorsTest::check);
    }

    private static void check(VectorCase vector) throws Exception {
        JsonNode environ = vector.get("environ");
        JsonNode all = environ.path("all_instances");
        if (all.path("kind").asText().equals("partial-instances")) {
            throw vector.mappedAway("a listing is whole or fails");
        }
        Timeline timeline = Timeline.virtual(1);
        ModelSettings model = ModelSettings.create(environ.path("model").asText("whatever"));
        Recorded cloud = new Recorded(environ, model);
        List<Event> events = new ArrayList<>();

        @Nullable Exception failure = null;
        try {
            new Destroy(new MemoryStateStore())
                    .destroy(
                            Cloud.guard(cloud, model, List.of(), timeline, event -> {}),
                            OperationContext.create("destroy", model, timeline, events::add),
                            DestroyParams.defaults());
        } catch (DestroyException e) {
            failure = e;
            // What is not deleted is named, whatever it was that failed.
            assertThat(e.receipt().items().stream()
                            .filter(item -> item.kind().equals("instance"))
                            .map(DestroyReceipt.Item::id))
                    .containsExactlyElementsOf(texts(all.path("ids")));
        } catch (RuntimeException e) {
            failure = e;
        }

        checkError(vector, failure);
        List<String> expected = known(
                texts(vector.expect("steps")),
                texts(vector.json().path("expect").path("steps_that_may_be_omitted")));
        for (String part : parts(expected, cloud.steps)) {
            assertThat(of(part, cloud.steps)).as(part).isEqualTo(of(part, expected));
        }
        assertThat(events.get(0)).isInstanceOf(Event.OperationStarted.class);
        assertThat(events.get(0).origin().model()).isEqualTo(model.name());
        assertThat(vector.expect("log").get(0).asText()).isEqualTo("info: destroying model \"" + model.name() + "\"");
    }

    private static void checkError(VectorCase vector, @Nullable Exception failure) {
        JsonNode error = vector.json().path("expect").path("error");
        List<String> reasons =
                new ArrayList<>(texts(vector.json().path("expect").path("error_contains")));
        if (error.isTextual()) {
            reasons.add(error.asText());
        }
        if (reasons.isEmpty()) {
            assertThat(failure).isNull();
            return;
        }
        assertThat(failure).isNotNull();
        for (String reason : reasons) {
            String own = reason;
            for (String prefix : PREFIXES) {
                own = own.startsWith(prefix) ? own.substring(prefix.length()) : own;
            }
            assertThat(failure).hasMessageContaining(own.equals("destroying storage") ? "model" : own);
        }
    }

    /** Leaves out what has no like here. */
    private static List<String> known(List<String> steps, List<String> optional) {
        return steps.stream()
                .filter(step -> !step.startsWith("StorageProvider") && !optional.contains(step))
                .filter(step -> QUESTIONS.stream().noneMatch(question -> step.endsWith("." + question)))
                .toList();
    }

    private static Set<String> parts(List<String> expected, Set<String> steps) {
        return Stream.concat(expected.stream(), steps.stream())
                .map(DestroyVectorsTest::partOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String partOf(String step) {
        return step.contains(".") ? step.substring(0, step.indexOf('.')) : "instances";
    }

    private static List<String> of(String part, Iterable<String> steps) {
        return StreamSupport.stream(steps.spliterator(), false)
                .filter(step -> partOf(step).equals(part))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    /** The recorded cloud. */
    private static final class Recorded implements Environ, HasResources {

        private final JsonNode answers;
        private final Tags tags;
        private final Set<String> steps = new LinkedHashSet<>();
        private final Set<String> gone = new HashSet<>();

        Recorded(JsonNode answers, ModelSettings model) {
            this.answers = answers;
            this.tags = model.owner().tags();
        }

        private static void refuse(JsonNode error) throws IOException {
            if (error.isTextual()) {
                throw new IOException(error.asText());
            }
        }

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException("nothing is started here");
        }

        @Override
        public void stopInstance(InstanceId id) {
            throw new UnsupportedOperationException("all are stopped at once");
        }

        @Override
        public int maxBatch() {
            return 100;
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws IOException {
            steps.add("AllInstances");
            JsonNode all = answers.path("all_instances");
            if (!all.path("kind").asText().equals("no-instances")) {
                refuse(all.path("error"));
            }
            return texts(all.path("ids")).stream()
                    .filter(id -> !gone.contains(id))
                    .map(id -> Instance.of(id, InstanceStatus.RUNNING).tagged(tags))
                    .toList();
        }

        @Override
        public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws IOException {
            steps.add("StopInstances " + quoted(ids.stream().map(InstanceId::value)));
            refuse(answers.path("stop_error"));
            ids.forEach(id -> gone.add(id.value()));
            return Map.of();
        }

        @Override
        public List<ResourceKind> kinds() {
            if (answers.path("types_error").isTextual()) {
                throw new IllegalStateException(answers.path("types_error").asText());
            }
            return texts(answers.path("types")).stream()
                    .filter(type -> provider(type).path("dynamic").asBoolean(true)
                            && provider(type).path("block").asBoolean(true)
                            && !provider(type).path("scope").asText().equals("machine"))
                    .map(ResourceKind::of)
                    .toList();
        }

        private JsonNode provider(String type) {
            return answers.path("providers").path(type);
        }

        @Override
        public List<ResourceKind> users(ResourceKind kind) {
            return List.of();
        }

        @Override
        public int maxBatch(ResourceKind kind) {
            return 100;
        }

        @Override
        public List<Resource> resources(ResourceKind kind, Tags owner) throws IOException {
            JsonNode provider = provider(kind.name());
            refuse(provider.path("lookup_error"));
            refuse(provider.path("source_error"));
            if (!answers.path("stop_error").isTextual()) {
                // Otherwise it is listed only to be named in the receipt.
                steps.add(kind + ".ListVolumes");
            }
            refuse(provider.path("list_error"));
            return texts(provider.path("volumes")).stream()
                    .filter(id -> !gone.contains(id))
                    .map(id -> Resource.of(kind, id).tagged(tags))
                    .toList();
        }

        @Override
        public void delete(Resource resource) {
            throw new UnsupportedOperationException("all are deleted at once");
        }

        @Override
        public Map<Resource, Exception> deleteAll(List<Resource> resources) throws IOException {
            JsonNode provider = provider(resources.get(0).kind().name());
            if (steps.stream()
                    .noneMatch(step -> step.startsWith(resources.get(0).kind() + ".DestroyVolumes"))) {
                steps.add(resources.get(0).kind() + ".DestroyVolumes "
                        + quoted(resources.stream().map(Resource::id)));
            }
            refuse(provider.path("destroy_error"));
            Map<Resource, Exception> failures = new LinkedHashMap<>();
            List<String> volumes = texts(provider.path("volumes"));
            for (Resource resource : resources) {
                JsonNode error = provider.path("destroy_errors").path(volumes.indexOf(resource.id()));
                if (error.isTextual()) {
                    failures.put(resource, new IOException(error.asText()));
                } else {
                    gone.add(resource.id());
                }
            }
            return failures;
        }

        private static String quoted(Stream<String> ids) {
            return ids.map(id -> "\"" + id + "\"").collect(Collectors.joining(", ", "[", "]"));
        }
    }
}
