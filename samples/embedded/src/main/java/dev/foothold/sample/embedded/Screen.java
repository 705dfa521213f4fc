package dev.foothold.sample.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes to standard output: in colour on a terminal, plain otherwise, and in ASCII where the locale knows no more. */
final class Screen {

    private final PrintStream out;
    private final boolean colour;
    private final boolean unicode;

    Screen(PrintStream out, boolean colour, boolean unicode) {
        this.out = out;
        this.colour = colour;
        this.unicode = unicode;
    }

    static Screen standardOutput() {
        Map<String, String> environment = System.getenv();
        return new Screen(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                isTerminal() && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM")),
                speaksUnicode(environment));
    }

    private static boolean isTerminal() {
        try {
            // System.console() also asks whether standard input is a terminal, and has changed its mind since.
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    private static boolean speaksUnicode(Map<String, String> environment) {
        String locale = environment.getOrDefault("LC_ALL", "");
        if (locale.isEmpty()) {
            locale = environment.getOrDefault("LC_CTYPE", "");
        }
        if (locale.isEmpty()) {
            locale = environment.getOrDefault("LANG", "");
        }
        return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
    }

    void blank() {
        out.println();
    }

    void title(String text) {
        out.println(paint("1", text));
    }

    void step(int number, String text) {
        out.println();
        out.println(paint("1;36", number + "  " + text));
    }

    void fact(String name, String text) {
        out.println("   " + paint("2", String.format("%-14s", name)) + text);
    }

    void doing(String text) {
        out.println("   " + paint("2", (unicode ? "·" : "-") + " " + text));
    }

    void done(String text) {
        out.println("   " + paint("32", unicode ? "✓" : "+") + " " + text);
    }

    void setback(String text) {
        out.println("   " + paint("33", "!") + " " + text);
    }

    void failed(String text) {
        out.println("   " + paint("31", unicode ? "✗" : "x") + " " + text.replace("\n", "\n     "));
    }

    void machine(String line) {
        out.println("     " + paint("2", unicode ? "│" : "|") + " " + line);
    }

    void bar(String name, int count, String names) {
        out.println("     " + name + "  " + paint("36", (unicode ? "█" : "#").repeat(count)) + " " + count
                + paint("2", "  " + names));
    }

    private String paint(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
