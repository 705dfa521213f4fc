package dev.foothold.event.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.event.Event;
import dev.foothold.event.EveryEvent;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.network.MachineAddress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class TerminalEventsTest {

    private static final MachineAddress ADDRESS = MachineAddress.of("203.0.113.5");

    private final StringBuilder screen = new StringBuilder();

    @Test
    void whatIsUnderWayIsRewritten_andWhatHasHappenedStays() {
        TerminalEvents events = new TerminalEvents(screen, new Terminal(true, false, false, 80));
        events.on(requested("small"));
        events.on(new Event.InstanceRefused(EveryEvent.AT, EveryEvent.ORIGIN, "a", "full"));
        events.on(requested("small, really"));
        events.on(requested("large"));
        events.clear();
        events.clear();

        assertThat(screen.toString())
                .isEqualTo(" - asking for small in zone a\r"
                        + " ! no luck in zone a: full   \n"
                        + " - asking for small, really in zone a\r"
                        + " - asking for large in zone a        \r"
                        + "                             \r");
    }

    @Test
    void whereNobodyLooks_everythingStaysWithoutColours() {
        TerminalEvents events = new TerminalEvents(screen, Terminal.none());
        events.on(requested("small"));
        events.on(started());
        events.on(output("hello"));
        events.clear();

        assertThat(screen)
                .hasToString(" - asking for small in zone a\n"
                        + " + i-1 (arch=amd64 mem=4G cores=2) in zone b\n"
                        + "   | hello\n");
    }

    @Test
    void marksAreInColourAndUnicodeWhereThatIsShown() {
        TerminalEvents events = new TerminalEvents(screen, new Terminal(true, true, true, 80));
        events.on(started());
        events.on(output("hello"));

        assertThat(screen)
                .hasToString(" \u001B[32m✓\u001B[0m i-1 (arch=amd64 mem=4G cores=2) in zone b\n"
                        + "   \u001B[2m│\u001B[0m hello\n");
    }

    @Test
    void whatIsNotKnownIsNotMentioned() {
        TerminalEvents events = new TerminalEvents(screen, Terminal.none());
        events.on(new Event.InstanceRequested(EveryEvent.AT, EveryEvent.ORIGIN, null, ""));
        events.on(new Event.InstanceStarted(
                EveryEvent.AT, EveryEvent.ORIGIN, Instance.of("i-1", InstanceStatus.PENDING)));

        assertThat(screen).hasToString(" - asking for an instance\n + i-1\n");
    }

    @Test
    void furtherLinesAreIndented() {
        new TerminalEvents(screen, Terminal.none())
                .on(new Event.OperationFailed(EveryEvent.AT, EveryEvent.ORIGIN, "no zone left\na: full\nb: full"));

        assertThat(screen).hasToString(" x bootstrap of model \"prod\" failed: no zone left\n   a: full\n   b: full\n");
    }

    @Test
    void aMachineCannotCommandTheTerminal() {
        new TerminalEvents(screen, new Terminal(true, true, true, 80))
                .on(output("\u001B[1;31mred\u001B[0m \u001B]8;;http://x\u001B\\link\u001B]8;;\u001B\\ \u001B\u0007"));

        assertThat(screen).hasToString("   \u001B[2m│\u001B[0m red link ^[^G\n");
    }

    @Test
    void everyEventFitsOnTheTerminal() {
        TerminalEvents events = new TerminalEvents(screen, new Terminal(true, true, true, 60));
        EveryEvent.all("\u001B[2J\u0007" + "x".repeat(60)).forEach(events::on);
        events.clear();

        for (String status : screen.toString().split("\n|(?<=\r)")) {
            assertThat(status).doesNotContain("\u0007", "\u001B[2J");
            if (status.endsWith("\r")) {
                assertThat(DisplayWidth.of(status)).isLessThan(60);
            }
        }
    }

    @Test
    void eachEventIsSeenAtOnce() {
        StringWriter behind = new StringWriter();
        new TerminalEvents(new BufferedWriter(behind), Terminal.none()).on(output("hello"));

        assertThat(behind).hasToString("   | hello\n");
    }

    @Test
    void whatCannotBeWrittenIsAnError() {
        IOException full = new IOException("No space left on device");

        assertThatThrownBy(() -> new TerminalEvents(new FailingWriter(full), Terminal.none()).on(started()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device")
                .hasCause(full);
    }

    private static Event requested(String what) {
        return new Event.InstanceRequested(EveryEvent.AT, EveryEvent.ORIGIN, "a", what);
    }

    private static Event started() {
        return new Event.InstanceStarted(EveryEvent.AT, EveryEvent.ORIGIN, EveryEvent.INSTANCE);
    }

    private static Event output(String line) {
        return new Event.MachineOutput(EveryEvent.AT, EveryEvent.ORIGIN, ADDRESS, line);
    }
}
