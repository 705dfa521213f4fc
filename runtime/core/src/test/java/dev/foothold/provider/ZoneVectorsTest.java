package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.cloud.Cloud;
import dev.foothold.distribution.DistributionRequest;
import dev.foothold.distribution.ZoneLoad;
import dev.foothold.environ.CloudException;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.store.FileStateStore;
import dev.foothold.model.ModelSettings;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.testing.ListedEnviron;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Zones and instances against recorded answers, through everything a provider puts between the user and an environ. */
class ZoneVectorsTest {

    @TempDir
    Path directory;

    private final ListedEnviron environ = new ListedEnviron();
    private final ModelSettings model = ModelSettings.create("prod");

    @TestFactory
    @Tag("D-26")
    Stream<DynamicTest> allocations() {
        return Vectors.file("zone_allocations")
                .tests(vector -> new ZoneVectorsTest().checkAllocations(vector, directory));
    }

    @TestFactory
    @Tag("D-27")
    Stream<DynamicTest> distribution() {
        return Vectors.file("zone_distribution")
                .tests(vector -> new ZoneVectorsTest().checkDistribution(vector, directory));
    }

    @TestFactory
    Stream<DynamicTest> validation() {
        return Vectors.file("zone_validate").tests(vector -> new ZoneVectorsTest().checkValidation(vector, directory));
    }

    @TestFactory
    Stream<DynamicTest> instances() {
        return Vectors.file("instances_contract").tests(vector -> new ZoneVectorsTest().checkInstances(vector));
    }

    @Test
    @Tag("D-26")
    void thatNothingRunsIsNoError() throws Exception {
        environ.zone("a", true);

        assertThat(provider(directory).availabilityZoneAllocations(List.of()))
                .singleElement()
                .satisfies(zone -> assertThat(zone.instances()).isEmpty());
    }

    @Test
    @Tag("D-27")
    void aStrangerThatSortsBeforeTheGroupIsNotEligible() throws Exception {
        environ.zone("a", true);
        environ.in("m5", "a");

        assertThat(provider(directory)
                        .distributeInstances(
                                DistributionRequest.of(ids("a-stranger", "m5")).withGroup(ids("m5"))))
                .isEqualTo(ids("m5"));
    }

    @Test
    void aPlanCountsTheGroup_asTheCloudListsIt() throws Exception {
        environ.zone("a", true);
        environ.zone("b", true);
        environ.zone("c", false);
        environ.in("m1", "a");
        environ.in("m2", "c");
        environ.in("other", "b");

        assertThat(provider(directory).zonePlan(ids("m1", "m2", "gone")).zones())
                .containsExactly(
                        ZoneLoad.of("a", 1),
                        ZoneLoad.of("b", 0),
                        ZoneLoad.of("c", 1).ineligible("unavailable"));
        assertThat(provider(directory).zonePlan(List.of()).zones())
                .as("an empty group has no machines, other than for the allocations")
                .extracting(ZoneLoad::population)
                .containsOnly(0);
    }

    private void checkAllocations(VectorCase vector, Path state) throws Exception {
        prepare(vector);
        JsonNode error = vector.get("expect").get("error");
        List<InstanceId> group = ids(texts(vector.get("group")));
        if (error == null) {
            List<String> answer = provider(state).availabilityZoneAllocations(group).stream()
                    .map(zone -> zone.zoneName() + zone.instances())
                    .toList();
            List<String> expected = new ArrayList<>();
            for (JsonNode zone : vector.expect("allocations")) {
                expected.add(zone.get("zone").asText() + List.of(texts(zone.get("instances"))));
            }
            assertThat(answer).isEqualTo(expected);
        } else {
            assertThatThrownBy(() -> provider(state).availabilityZoneAllocations(group))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining(error.asText());
        }
        assertThat(environ.calls).containsExactly(texts(vector.expect("calls")));
    }

    private void checkDistribution(VectorCase vector, Path state) throws Exception {
        prepare(vector);
        DistributionRequest request = DistributionRequest.of(ids(texts(vector.get("candidates"))))
                .withGroup(ids(texts(vector.get("group"))))
                .withLimitZones(List.of(texts(vector.get("limit_zones"))).stream()
                        .distinct()
                        .toList());
        JsonNode error = vector.get("expect").get("error");
        if (error == null) {
            assertThat(provider(state).distributeInstances(request))
                    .extracting(InstanceId::value)
                    .containsExactly(texts(vector.expect("eligible")));
        } else {
            assertThatThrownBy(() -> provider(state).distributeInstances(request))
                    .hasMessageContaining(error.asText());
        }
    }

    private void checkValidation(VectorCase vector, Path state) throws Exception {
        prepare(vector);
        String zone = vector.get("zone").asText();
        JsonNode error = vector.get("expect").get("error");
        if (error == null) {
            provider(state).validateAvailabilityZone(zone);
        } else {
            assertThatThrownBy(() -> provider(state).validateAvailabilityZone(zone))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(error.asText());
        }
    }

    /** Where the original has errors for absence, ours has maps in which the absent are missing. */
    private void checkInstances(VectorCase vector) throws Exception {
        if (vector.json().has("error_kind")) {
            checkText(vector);
            return;
        }
        for (String id : texts(vector.get("known"))) {
            environ.running(id, model.owner().tags());
        }
        Cloud cloud = Cloud.guard(environ, model, List.of(), Timeline.real(), EventSink.none());
        List<InstanceId> asked = ids(texts(vector.get("ask")));
        Map<InstanceId, Instance> found = cloud.instances(asked);

        JsonNode error = vector.get("expect").get("error");
        if (error != null && error.asText().equals("no-instances")) {
            assertThat(asked).isNotEmpty();
            assertThat(found).isEmpty();
            return;
        }
        List<String> answer = new ArrayList<>();
        asked.forEach(
                id -> answer.add(found.containsKey(id) ? found.get(id).id().value() : null));
        List<String> expected = new ArrayList<>();
        vector.expect("instances").forEach(id -> expected.add(id.isNull() ? null : id.asText()));
        assertThat(answer).isEqualTo(expected);
        assertThat(answer.contains(null)).isEqualTo(error != null);
    }

    private static void checkText(VectorCase vector) {
        if (vector.get("error_kind").asText().equals("no-instances")) {
            throw vector.mappedAway("absence is a missing key in the answer, not an error");
        }
        NotBootstrappedException error = new NotBootstrappedException("prod");
        assertThat(error).hasMessageContaining("is not bootstrapped");
        assertThat(CloudException.find(error)).isEmpty();
    }

    private void prepare(VectorCase vector) {
        vector.get("zones")
                .forEach(zone -> environ.zone(
                        zone.get("name").asText(), zone.get("available").asBoolean()));
        JsonNode running = vector.json().get("all_running");
        if (running != null) {
            running.forEach(id -> environ.running(id.asText(), model.owner().tags()));
        }
        JsonNode namesError = vector.json().get("instance_zone_names_error");
        JsonNode names = vector.json().get("instance_zones");
        if (names != null && !(namesError != null && namesError.asText().equals("no-instances"))) {
            names.properties()
                    .forEach(
                            entry -> environ.in(entry.getKey(), entry.getValue().asText()));
        }
        if (namesError != null && !namesError.asText().endsWith("-instances")) {
            fail("InstanceAvailabilityZoneNames", namesError);
        }
        fail("AllRunningInstances", vector.json().get("all_running_error"));
        fail("AvailabilityZones", vector.json().get("zones_error"));
    }

    private void fail(String call, JsonNode message) {
        if (message != null) {
            environ.failures.put(call, new IOException(message.asText()));
        }
    }

    private DefaultZonedProvider provider(Path state) throws IOException {
        return new DefaultZonedProvider(environ, model, Foothold.with(FileStateStore.open(state)));
    }

    private static String[] texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
    }

    /** Blank ids do not exist here, so they are dropped. */
    private static List<InstanceId> ids(String... texts) {
        return Stream.of(texts).filter(id -> !id.isBlank()).map(InstanceId::of).toList();
    }
}
