package dev.foothold.sample.embedded;

import dev.foothold.distribution.Placement;
import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.event.render.Terminal;
import dev.foothold.event.render.TerminalEvents;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes to standard output: what Foothold tells while it works, and what the demo has to say between. */
final class Screen implements EventSink {

    private static final int CHART_WIDTH = 40;

    private final PrintStream out;
    private final Terminal terminal;
    private final TerminalEvents events;

    private Screen(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        this.events = new TerminalEvents(out, terminal);
    }

    static Screen standardOutput() {
        return new Screen(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                Terminal.standardOutput());
    }

    @Override
    public void on(Event event) {
        events.on(event);
    }

    void blank() {
        print("");
    }

    void title(String text) {
        print(paint("1", text));
    }

    void step(int number, String text) {
        print("");
        print(paint("1;36", number + "  " + text));
    }

    void fact(String name, String text) {
        print(" " + paint("2", String.format("%-14s", name)) + text);
    }

    void done(String text) {
        print(" " + paint("32", terminal.unicode() ? "✓" : "+") + " " + text);
    }

    void setback(String text) {
        print(" " + paint("33", "!") + " " + text);
    }

    void plan(Placement placement) {
        placement.chart(CHART_WIDTH, terminal.unicode()).lines().forEach(line -> print("   " + line));
    }

    void bar(String name, int count, String names) {
        print("   " + name + "  " + paint("36", (terminal.unicode() ? "█" : "#").repeat(count)) + " " + count
                + paint("2", "  " + names));
    }

    private void print(String line) {
        events.clear();
        out.println(line);
    }

    private String paint(String code, String text) {
        return terminal.colour() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
