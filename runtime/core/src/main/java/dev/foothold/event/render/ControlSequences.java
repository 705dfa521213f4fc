package dev.foothold.event.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps what others have written from commanding a terminal: it must not move the cursor, rename the window or wipe what
 * stands above.
 */
final class ControlSequences {

    /** Colours and movements; titles, links and the like, which end with a bell or a string terminator. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B[\\]PX^_][^\u0007\u001B\\x{9C}]*(?:\u0007|\u001B\\\\|\\x{9C})");

    private ControlSequences() {}

    /** Finds the end of the sequence that begins at a place; the place itself if none does. */
    static int end(String text, int start) {
        if (text.charAt(start) != '\u001B') {
            return start;
        }
        Matcher matcher = SEQUENCE.matcher(text).region(start, text.length());
        return matcher.lookingAt() ? matcher.end() : start;
    }

    /** Drops sequences and shows other control characters as {@code ^C}; line breaks and tabulators stay. */
    static String disarmed(String text) {
        if (text.chars().noneMatch(ControlSequences::isArmed)) {
            return text;
        }
        StringBuilder harmless = new StringBuilder();
        SEQUENCE.matcher(text.replace("\r\n", "\n")).replaceAll("").chars().forEach(c -> {
            if (!isArmed(c)) {
                harmless.append((char) c);
            } else if (c < ' ' || c == 0x7F) {
                harmless.append('^').append((char) (c ^ 0x40));
            } else {
                harmless.append(String.format("\\u%04x", c));
            }
        });
        return harmless.toString();
    }

    /** Control characters, and those that turn the direction of writing. */
    private static boolean isArmed(int c) {
        return c < ' ' && c != '\n' && c != '\t'
                || c >= 0x7F && c <= 0x9F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }
}
