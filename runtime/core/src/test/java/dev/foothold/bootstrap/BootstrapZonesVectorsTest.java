package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Which zones are tried, in which order, and what is said when none takes the machine, against recorded answers. */
class BootstrapZonesVectorsTest {

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final MemoryStateStore store = new MemoryStateStore();
    private final List<Event> events = new ArrayList<>();
    private final List<String> zoneCalls = new ArrayList<>();
    private final List<String> starts = new ArrayList<>();
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();

    @TestFactory
    @Tag("D-4")
    Stream<DynamicTest> zones() {
        return Vectors.file("bootstrap_zones").tests(vector -> new BootstrapZonesVectorsTest().check(vector));
    }

    private void check(VectorCase vector) {
        if (vector.json().path("cancelled").asBoolean()) {
            throw vector.mappedAway("whoever is interrupted before the first start starts nothing");
        }
        Throwable failure = bootstrap(vector);

        assertThat(starts).isEqualTo(texts(vector.expect("starts")));
        assertThat(zoneCalls).isEqualTo(texts(vector.expect("zone_calls")));
        if (vector.get("expect").has("chosen_zone")) {
            assertThat(failure).isNull();
            assertThat(instances.values())
                    .singleElement()
                    .extracting(instance -> instance.zone().orElse(""))
                    .isEqualTo(vector.expect("chosen_zone").asText());
        } else {
            assertThat(instances).isEmpty();
            checkFailure(vector, failure);
        }
        for (String debug : texts(vector.expect("debug"))) {
            assertThat(told()).anySatisfy(line -> assertThat(line).contains(words(debug)));
        }
    }

    private void checkFailure(VectorCase vector, @Nullable Throwable failure) {
        if (vector.json().has("cancelled_during")) {
            assertThat(failure).isInstanceOf(InterruptedException.class);
            return;
        }
        assertThat(failure).isInstanceOf(BootstrapException.class);
        if (vector.get("expect").has("error")) {
            String error = vector.expect("error").asText();
            assertThat(failure).hasMessageStartingWith("cannot start bootstrap instance");
            assertThat(failure.getMessage()).contains(words(error));
        } else {
            assertThat(failure)
                    .hasMessageStartingWith(vector.expect("error_prefix").asText());
            assertThat(failure.getMessage())
                    .contains(texts(vector.expect("error_contains")).toArray(String[]::new));
        }
    }

    /** Every zone with its reason is told as it is refused; what has no effect, too. */
    private List<String> told() {
        List<String> lines = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.InstanceRefused refused) {
                lines.add("\"" + refused.zone() + "\" " + refused.reason());
            } else if (event instanceof Event.ConstraintsUnsupported unsupported) {
                lines.add("no effect: " + unsupported.names());
            }
        }
        return lines;
    }

    /** Gives what a text of the original says of this case: the zones it quotes, and the reason. */
    private static String[] words(String text) {
        List<String> words = new ArrayList<>(Pattern.compile("\"[^\"]*\"")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList());
        if (text.contains("ignoring bootstrap zone constraints")) {
            words.add("zones");
        } else if (text.contains(": ")) {
            words.add(text.substring(text.lastIndexOf(": ") + 2));
        } else {
            words.add("no available zones");
        }
        return words.toArray(String[]::new);
    }

    private @Nullable Throwable bootstrap(VectorCase vector) {
        BootstrapParams params = BootstrapParams.on(Base.parse("ubuntu@24.04"));
        JsonNode zones = vector.json().path("constraint_zones");
        if (zones.isArray() && !zones.isEmpty()) {
            params = params.zones(texts(zones).toArray(String[]::new));
        }
        JsonNode zoned = vector.json().path("zoned");
        Environ environ = zoned.isBoolean() && !zoned.asBoolean() ? new Scripted(vector) : new ScriptedZones(vector);
        try {
            new Bootstrap(store, (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                    .bootstrap(
                            Cloud.guard(environ, model, List.of(), timeline, events::add),
                            OperationContext.create("bootstrap", model, timeline, events::add),
                            params);
            return null;
        } catch (InterruptedException | RuntimeException e) {
            return e;
        } finally {
            Thread.interrupted();
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private class Scripted implements Environ {

        private final VectorCase vector;

        Scripted(VectorCase vector) {
            this.vector = vector;
        }

        VectorCase vector() {
            return vector;
        }

        @Override
        public Instance startInstance(StartInstanceParams params) {
            String zone = params.zone().orElse("");
            starts.add(zone);
            if (vector.json().path("cancelled_during").asText().equals(zone)
                    && vector.json().has("cancelled_during")) {
                Thread.currentThread().interrupt();
            }
            JsonNode script = vector.get("start");
            JsonNode answer = script.has(zone) ? script.get(zone) : script.get("*");
            if (answer.isObject()) {
                CloudException refusal = new CloudException(
                        CloudException.Kind.OTHER, answer.get("error").asText());
                throw answer.path("zone_independent").asBoolean() ? refusal.zoneIndependent(true) : refusal;
            }
            Instance instance = Instance.of("i-1", InstanceStatus.RUNNING).tagged(params.tags());
            instance = zone.isEmpty() ? instance : instance.in(zone);
            instances.put(instance.id(), instance);
            return instance;
        }

        @Override
        public void stopInstance(InstanceId id) {
            instances.remove(id);
        }

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.copyOf(instances.values());
        }
    }

    private final class ScriptedZones extends Scripted implements ZonedEnviron {

        ScriptedZones(VectorCase vector) {
            super(vector);
        }

        @Override
        public List<AvailabilityZone> availabilityZones() {
            zoneCalls.add("AvailabilityZones");
            JsonNode error = vector().json().path("zones_error");
            if (error.isTextual()) {
                throw new CloudException(CloudException.Kind.OTHER, error.asText());
            }
            List<AvailabilityZone> zones = new ArrayList<>();
            vector().get("zones")
                    .forEach(zone -> zones.add(new AvailabilityZone(
                            zone.get("name").asText(), zone.get("available").asBoolean())));
            return zones;
        }

        @Override
        public List<String> deriveAvailabilityZones(StartInstanceParams params) {
            zoneCalls.add("DeriveAvailabilityZones");
            JsonNode derive = vector().json().path("derive");
            if (derive.isObject()) {
                String error = derive.get("error").asText();
                throw "not-implemented".equals(derive.path("kind").asText())
                        ? new UnsupportedOperationException(error)
                        : new CloudException(CloudException.Kind.OTHER, error);
            }
            return derive.isArray() ? texts(derive) : List.of();
        }
    }
}
