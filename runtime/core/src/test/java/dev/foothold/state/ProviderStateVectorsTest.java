package dev.foothold.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.FootholdException;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.yaml.YamlDocument;
import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ProviderStateVectorsTest {

    private static final String MODEL = "prod";
    private static final String FILE = MODEL + "/" + ProviderState.STATE_FILE;

    /** What a phrase of the recorded answers is in our words. */
    private static final Map<String, String> WORDING = Map.of(
            "cannot record state instance-id: ", "cannot record instance \"x\"",
            "cannot remove recorded state instance-id: ", "cannot remove the record of instances [x]",
            "cannot create initial state file: ", "cannot create the state file",
            "error unmarshalling \"provider-state\": ", "/provider-state is malformed: line ");

    @TestFactory
    Stream<DynamicTest> vectors() {
        return Vectors.file("state_file").tests(ProviderStateVectorsTest::check);
    }

    private static void check(VectorCase vector) throws Exception {
        if (vector.name().equals("unknown-key-lost-on-write")) {
            throw vector.mappedAway("D-25: unknown keys are preserved here; the recorded answer loses them");
        }
        MemoryStateStore store = new MemoryStateStore();
        JsonNode initial = vector.get("initial");
        if (!initial.isNull()) {
            store.compareAndSet(FILE, null, initial.textValue().getBytes(StandardCharsets.UTF_8));
        }
        JsonNode failure = vector.json().path("storage_failure");
        ProviderState state = new ProviderState(failure.isMissingNode() ? store : failing(store, failure), MODEL);

        JsonNode results = vector.expect("results");
        JsonNode steps = vector.get("steps");
        assertThat(results).hasSameSizeAs(steps);
        for (int i = 0; i < steps.size(); i++) {
            checkStep(store, state, steps.get(i), results.get(i));
        }
        assertSameFile(store, initial, vector.expect("file"));
    }

    private static void checkStep(MemoryStateStore store, ProviderState state, JsonNode step, JsonNode result) {
        long writes = store.writes();
        Object answer;
        try {
            answer = run(state, step);
        } catch (FootholdException e) {
            assertError(e, result);
            assertThat(store.writes()).as("writes of a step that failed").isEqualTo(writes);
            return;
        }
        assertThat(result.has("error") || result.has("error_prefix"))
                .as("an error is expected of %s", step)
                .isFalse();
        if (result.has("instances")) {
            assertThat(answer).isEqualTo(ids(result.get("instances"), 0));
        }
        if (result.has("written")) {
            assertThat(answer).isEqualTo(result.get("written").booleanValue());
            assertThat(store.writes() > writes).isEqualTo(result.get("written").booleanValue());
        }
    }

    private static @Nullable Object run(ProviderState state, JsonNode step) {
        switch (step.get(0).textValue()) {
            case "create" -> state.create();
            case "delete" -> state.delete();
            case "save" -> state.save(new BootstrapState(ids(step, 1)));
            case "add" -> state.addStateInstance(InstanceId.of(step.get(1).textValue()));
            case "remove" -> {
                return state.removeStateInstances(ids(step, 1));
            }
            case "load" -> {
                return state.load().instances();
            }
            case "instances" -> {
                return state.providerStateInstances();
            }
            default -> throw new AssertionError("unknown step " + step);
        }
        return null;
    }

    private static void assertError(FootholdException error, JsonNode result) {
        assertThat(result.has("error") || result.has("error_prefix"))
                .as("no error is expected, but there was: %s", error.getMessage())
                .isTrue();
        String recorded =
                result.path("error").asText(result.path("error_prefix").asText());
        if (recorded.equals("not-bootstrapped")) {
            assertThat(error).isInstanceOf(NotBootstrappedException.class).hasMessageContaining(MODEL);
            return;
        }
        assertThat(error).isInstanceOf(StateException.class).hasMessageContaining(ProviderState.STATE_FILE);
        for (Map.Entry<String, String> phrase : WORDING.entrySet()) {
            if (recorded.contains(phrase.getKey())) {
                assertThat(error).hasMessageContaining(phrase.getValue());
                recorded = recorded.replace(phrase.getKey(), "");
            }
        }
        assertThat(error).as("the reason").hasMessageContaining(recorded);
    }

    /** Untouched files are the same to the byte; written ones say the same. */
    private static void assertSameFile(MemoryStateStore store, JsonNode initial, JsonNode expected)
            throws YamlException {
        Optional<StoredObject> file = store.read(FILE);
        if (expected.isNull()) {
            assertThat(file).isEmpty();
            return;
        }
        String actual = file.orElseThrow().text();
        if (expected.equals(initial)) {
            assertThat(actual).isEqualTo(expected.textValue());
        } else {
            assertThat(YamlText.load(actual)).isEqualTo(YamlText.load(expected.textValue()));
            assertThat(YamlDocument.parse(actual).list("state-instances"))
                    .isEqualTo(YamlDocument.parse(expected.textValue()).list("state-instances"));
        }
    }

    private static List<InstanceId> ids(JsonNode texts, int from) {
        List<InstanceId> ids = new ArrayList<>();
        for (int i = from; i < texts.size(); i++) {
            ids.add(InstanceId.of(texts.get(i).textValue()));
        }
        return ids;
    }

    private static StateStore failing(StateStore store, JsonNode failure) {
        String kind = failure.get("kind").textValue();
        assertThat(kind).isIn("read-error", "write-error", "remove-error");
        return new ProviderStateTest.Failing(store) {

            @Override
            public Optional<StoredObject> read(String name) throws IOException {
                failOn("read-error");
                return super.read(name);
            }

            @Override
            public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes)
                    throws IOException {
                failOn(bytes == null ? "remove-error" : "write-error");
                return super.compareAndSet(name, expected, bytes);
            }

            private void failOn(String operation) throws IOException {
                if (kind.equals(operation)) {
                    throw new IOException(failure.get("message").textValue());
                }
            }
        };
    }
}
