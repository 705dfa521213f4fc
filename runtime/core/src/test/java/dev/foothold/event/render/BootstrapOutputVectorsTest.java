package dev.foothold.event.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.event.Event;
import dev.foothold.event.EveryEvent;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What a terminal shows during a bootstrap, against recorded answers. */
class BootstrapOutputVectorsTest {

    /** How wide what a started instance's line has to hide is at least. */
    private static final int HIDDEN = 40;

    @TestFactory
    @Tag("D-2")
    Stream<DynamicTest> output() {
        return Vectors.file("bootstrap_output").tests(BootstrapOutputVectorsTest::check);
    }

    private static void check(VectorCase vector) {
        switch (vector.get("op").asText()) {
            case "launch_line" ->
                throw vector.mappedAway(
                        "what begins is the operation of a model, and is told as such; a cloud and its region are not part of"
                                + " it, and each request names its zone");
            case "status_line" -> checkStatusLine(vector);
            case "started_line" -> checkStartedLine(vector);
            default -> throw new AssertionError(vector + " asks for something unknown");
        }
    }

    private static void checkStatusLine(VectorCase vector) {
        StringBuilder screen = new StringBuilder();
        StatusLine status = new StatusLine(screen, 80);
        List<String> written = new ArrayList<>();
        for (JsonNode event : vector.get("events")) {
            if (event.isArray()) {
                status.show(event.get(0).asText(), event.get(1).asText());
            } else {
                status.clear();
            }
            written.add(screen.toString());
            screen.setLength(0);
        }
        assertThat(written).isEqualTo(texts(vector.expect("stderr")));
    }

    /** Here the line is as long as what it has to hide; in the vectors that is forty columns. */
    private static void checkStartedLine(VectorCase vector) {
        StringBuilder screen = new StringBuilder();
        TerminalEvents events = new TerminalEvents(screen, new Terminal(true, false, false, 80));
        String hidden = "x".repeat(HIDDEN - " - asking for ".length());
        events.on(new Event.InstanceRequested(EveryEvent.AT, EveryEvent.ORIGIN, null, hidden));
        assertThat(screen.toString()).hasSize(HIDDEN + 1).endsWith("\r");
        screen.setLength(0);

        HardwareCharacteristics hardware = vector.get("hardware").asText().contains("=")
                ? HardwareCharacteristics.parse(vector.get("hardware").asText().split(" "))
                : null;
        String id = vector.get("instance_id").asText();
        if (hardware == null) {
            // No hardware has such a text.
            StatusLine status = new StatusLine(screen, 80);
            status.show("x".repeat(HIDDEN - 3), "");
            screen.setLength(0);
            status.keep(" - " + id + " (" + vector.get("hardware").asText() + ")");
            assertThat(screen.toString()).isEqualTo(vector.expect("line").asText() + "\n");
        } else {
            Instance instance = Instance.of(id, InstanceStatus.PENDING).with(hardware);
            events.on(new Event.InstanceStarted(EveryEvent.AT, EveryEvent.ORIGIN, instance));
            // What went well has a mark of its own.
            assertThat(screen.toString())
                    .isEqualTo(vector.expect("line").asText().replaceFirst("^ -", " +") + "\n");
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
