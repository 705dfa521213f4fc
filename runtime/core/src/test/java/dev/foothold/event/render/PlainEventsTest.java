package dev.foothold.event.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.event.Event;
import dev.foothold.event.EveryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainEventsTest {

    private final StringBuilder log = new StringBuilder();
    private final PlainEvents events = new PlainEvents(log);

    @Test
    void aLineSaysWhenAndOfWhat() {
        events.on(new Event.InstanceRefused(EveryEvent.AT, EveryEvent.ORIGIN, "a", "full"));
        events.on(new Event.CallEnded(
                Instant.parse("2026-03-01T09:30:01Z"),
                new Event.Origin("prod", "", ""),
                "allInstances",
                Duration.ofMillis(20),
                1,
                null,
                null,
                null));

        assertThat(log)
                .hasToString("2026-03-01T09:30:00.250Z prod bootstrap ! no luck in zone a: full\n"
                        + "2026-03-01T09:30:01.000Z prod - allInstances took 20ms\n");
    }

    @Test
    void everyEventHasWords_withAllThatOthersHaveSaid() {
        assertThat(EveryEvent.all()).allSatisfy(event -> {
            log.setLength(0);
            events.on(event);
            assertThat(log.toString())
                    .startsWith("2026-03-01T09:30:00.250Z prod bootstrap ")
                    .endsWith("\n")
                    .hasLineCount(1);
            for (String said : List.of("reason", "verdict", "failure", "advice", "remedy", "line", "fingerprint")) {
                if (has(event, said)
                        && !(event instanceof Event.RollbackEnded ended
                                && ended.left().isEmpty())) {
                    assertThat(log.toString()).contains(said);
                }
            }
        });
    }

    @Test
    void nobodyCanForgeALine() {
        EveryEvent.all("\n2026-03-01T09:30:00.250Z prod bootstrap + all is well\r\u001B[1A")
                .forEach(events::on);

        assertThat(log.toString().lines().filter(line -> line.startsWith("2026")))
                .hasSameSizeAs(EveryEvent.types());
        assertThat(log.toString()).doesNotContain("\r", "\u001B");
    }

    private static boolean has(Event event, String component) {
        for (var each : event.getClass().getRecordComponents()) {
            if (each.getName().equals(component)) {
                return true;
            }
        }
        return false;
    }
}
