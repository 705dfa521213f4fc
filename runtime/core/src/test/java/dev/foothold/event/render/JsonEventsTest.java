package dev.foothold.event.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.event.Event;
import dev.foothold.event.EveryEvent;
import dev.foothold.instance.Instance;
import dev.foothold.network.MachineAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringBuilder out = new StringBuilder();
    private final JsonEvents events = new JsonEvents(out);

    @Test
    void everyEventIsAnObjectOnALineOfItsOwn_withAllItsComponents() {
        String wild = "\"\\\n\r\t\u0000\u001B\u2028東京🚀";
        assertThat(EveryEvent.all(wild)).allSatisfy(event -> {
            out.setLength(0);
            events.on(event);
            assertThat(out.toString()).endsWith("\n").hasLineCount(1);
            JsonNode object = read(out.toString());
            List<String> names = new ArrayList<>(List.of("event"));
            names.addAll(names(event.getClass()));
            for (RecordComponent component : event.getClass().getRecordComponents()) {
                if (component.getType() == String.class) {
                    assertThat(object.get(component.getName()).asText()).isEqualTo(component.getName() + wild);
                }
                assertThat(object.get(component.getName()).isNull()).isFalse();
            }
            assertThat(object.fieldNames()).toIterable().containsExactlyElementsOf(names);
            assertThat(object.get("event").asText()).isEqualTo(event.getClass().getSimpleName());
        });
    }

    @Test
    void whatEventsAreMadeOfHasAllItsComponents() {
        events.on(new Event.InstanceStarted(EveryEvent.AT, EveryEvent.ORIGIN, EveryEvent.INSTANCE));

        JsonNode object = read(out.toString());
        assertThat(object.get("origin").fieldNames()).toIterable().containsExactlyElementsOf(names(Event.Origin.class));
        JsonNode instance = object.get("instance");
        assertThat(instance.fieldNames()).toIterable().containsExactlyElementsOf(names(Instance.class));
        assertThat(instance.get("addresses").get(0).fieldNames())
                .toIterable()
                .containsExactlyElementsOf(names(MachineAddress.class));
    }

    @Test
    void noTwoEventsHaveTheSameName_andEachHasAMomentAndAnOrigin() {
        assertThat(EveryEvent.types().stream().map(Class::getSimpleName)).doesNotHaveDuplicates();
        assertThat(EveryEvent.types())
                .allSatisfy(type -> assertThat(
                                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName))
                        .startsWith("at", "origin")
                        .doesNotContain("event"));
    }

    @Test
    void formsOfValuesAreFixed() {
        MachineAddress address = MachineAddress.of("203.0.113.5");
        Stream.of(
                        new Event.NotYet(
                                EveryEvent.AT, EveryEvent.ORIGIN, address, "refused", Duration.ofMillis(60_500)),
                        new Event.CallEnded(
                                EveryEvent.AT,
                                EveryEvent.ORIGIN,
                                "allInstances",
                                Duration.ofSeconds(100),
                                1,
                                null,
                                null,
                                null),
                        new Event.RollbackEnded(EveryEvent.AT, EveryEvent.ORIGIN, List.of("i-1"), "destroyEnv()"),
                        new Event.InstanceStarted(EveryEvent.AT, EveryEvent.ORIGIN, EveryEvent.INSTANCE))
                .forEach(events::on);

        String start = "\"at\":\"2026-03-01T09:30:00.250Z\","
                + "\"origin\":{\"model\":\"prod\",\"operation\":\"bootstrap\",\"operationId\":\"op-1\"},";
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"event\":\"NotYet\"," + start
                                + "\"address\":{\"value\":\"203.0.113.5\",\"scope\":\"PUBLIC\",\"sshPort\":22},"
                                + "\"verdict\":\"refused\",\"left\":60.5}",
                        "{\"event\":\"CallEnded\"," + start
                                + "\"operation\":\"allInstances\",\"elapsed\":100,\"attempts\":1,"
                                + "\"failure\":null,\"kind\":null,\"requestId\":null}",
                        "{\"event\":\"RollbackEnded\"," + start + "\"left\":[\"i-1\"],\"remedy\":\"destroyEnv()\"}",
                        "{\"event\":\"InstanceStarted\"," + start
                                + "\"instance\":{\"id\":\"i-1\",\"status\":\"RUNNING\","
                                + "\"statusMessage\":\"up\","
                                + "\"addresses\":[{\"value\":\"203.0.113.5\",\"scope\":\"PUBLIC\",\"sshPort\":22}],"
                                + "\"zoneName\":\"b\",\"hardware\":\"arch=amd64 cores=2 mem=4096M\","
                                + "\"tags\":{\"owner\":\"me\"},\"launchTime\":\"2026-03-01T09:30:00.250Z\","
                                + "\"hostKeys\":[\"ssh-ed25519 AAAA\"]}}");
    }

    @Test
    void whatCannotBeWrittenIsAnError() {
        IOException full = new IOException("No space left on device");

        assertThatThrownBy(() -> EveryEvent.all().forEach(new JsonEvents(new FailingWriter(full))::on))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device")
                .hasCause(full);
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
