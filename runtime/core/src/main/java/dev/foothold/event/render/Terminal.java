package dev.foothold.event.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Says what can be shown where text is written to.
 *
 * @param interactive whether somebody looks at it, so that lines can be rewritten
 * @param colour whether colours are shown
 * @param unicode whether more than ASCII is shown
 * @param columns how wide it is, at least 10
 */
public record Terminal(boolean interactive, boolean colour, boolean unicode, int columns) {

    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 10;

    // As every Unix has them; /dev/null is such a device, too, and takes everything.
    private static final int FILE_TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;

    private static final int FIRST_WITH_OTHER_CONSOLES = 22;

    /**
     * Creates a description.
     *
     * @param interactive whether somebody looks at it
     * @param colour whether colours are shown
     * @param unicode whether more than ASCII is shown
     * @param columns how wide it is
     * @throws IllegalArgumentException if it has fewer than 10 columns
     */
    public Terminal {
        if (columns < LEAST_COLUMNS) {
            throw new IllegalArgumentException("a terminal has at least " + LEAST_COLUMNS + " columns, not " + columns);
        }
    }

    /**
     * Describes a file or a pipe: nothing is rewritten, without colours, ASCII.
     *
     * @return the description
     */
    public static Terminal none() {
        return new Terminal(false, false, false, USUAL_COLUMNS);
    }

    /**
     * Finds out what standard output is.
     *
     * <p>Colours are for terminals only, and not shown if {@code NO_COLOR} is set; {@code TERM=dumb} is no terminal. The
     * locale ({@code LC_ALL}, {@code LC_CTYPE}, {@code LANG}) says whether more than ASCII is shown, {@code COLUMNS} how
     * wide the terminal is; 80 columns otherwise.
     *
     * @return the description
     */
    public static Terminal standardOutput() {
        return of(isTerminal(1), System.getenv());
    }

    /**
     * Finds out what standard error is, as {@link #standardOutput()} does.
     *
     * @return the description
     */
    public static Terminal standardError() {
        return of(isTerminal(2), System.getenv());
    }

    static Terminal of(boolean terminal, Map<String, String> environment) {
        boolean interactive = terminal && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                interactive,
                interactive && environment.getOrDefault("NO_COLOR", "").isEmpty(),
                speaksUnicode(environment),
                columns(environment.getOrDefault("COLUMNS", "")));
    }

    String paint(String code, String text) {
        return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    private static boolean speaksUnicode(Map<String, String> environment) {
        String locale = "";
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            locale = locale.isEmpty() ? environment.getOrDefault(name, "") : locale;
        }
        return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
    }

    private static int columns(String text) {
        return text.matches("[0-9]{2,4}") ? Math.max(LEAST_COLUMNS, Integer.parseInt(text)) : USUAL_COLUMNS;
    }

    private static boolean isTerminal(int descriptor) {
        try {
            Object mode = Files.getAttribute(Path.of("/dev/fd/" + descriptor), "unix:mode");
            return mode instanceof Integer bits && (bits & FILE_TYPE) == CHARACTER_DEVICE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Newer consoles are there without a terminal, too.
            return System.console() != null && Runtime.version().feature() < FIRST_WITH_OTHER_CONSOLES;
        }
    }
}
