package dev.foothold.cloudinit;

import java.util.regex.Pattern;

/**
 * Refuses texts that would mean something else on the machine than they seem to. Messages name what the text was for,
 * what is wrong with it, and what to write.
 */
final class Checked {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\u0085\u2028\u2029]");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private Checked() {}

    /** A text that a machine can hold: no NUL, no half of a character. */
    static String text(String what, String value) {
        if (value.indexOf('\0') >= 0) {
            throw refused(what, value, "contains NUL", "leave it out");
        }
        if (!isWhole(value)) {
            throw refused(what, value, "contains half of a surrogate pair", "give whole characters");
        }
        return value;
    }

    /** One line that is not blank. */
    static String line(String what, String value) {
        text(what, value);
        if (value.isBlank()) {
            throw refused(what, value, "is blank", "name one or leave it out");
        }
        if (CONTROL.matcher(value).find()) {
            throw refused(what, value, "contains a line break or another control character", "give one plain line");
        }
        return value;
    }

    /** One line without blanks. */
    static String word(String what, String value) {
        if (line(what, value).chars().anyMatch(Character::isWhitespace)) {
            throw refused(what, value, "contains a blank", "give one word");
        }
        return value;
    }

    /** One line of a form. */
    static String matching(Pattern form, String what, String value, String remedy) {
        if (!form.matcher(line(what, value)).matches()) {
            throw refused(what, value, "is not allowed", remedy);
        }
        return value;
    }

    /** The name of a user or a group. */
    static String name(String what, String value) {
        return matching(
                NAME,
                what,
                value,
                "use up to 32 lower-case letters, digits, hyphens and underscores, beginning with a letter");
    }

    /** The absolute path of a file. */
    static String path(String what, String value) {
        line(what, value);
        if (!value.startsWith("/") || value.endsWith("/")) {
            throw refused(what, value, "is not the absolute path of a file", "write it like /etc/motd");
        }
        return value;
    }

    /** A piece of shell that ends where it ends. It may hold a secret, so no message quotes it. */
    static String script(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " is blank; give a command or leave it out");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " contains NUL, which no shell can hold; leave it out");
        }
        if (!isWhole(value)) {
            throw new IllegalArgumentException(what + " contains half of a surrogate pair; give whole characters");
        }
        int backslashes = value.length() - value.replaceFirst("\\\\+$", "").length();
        if (backslashes % 2 == 1) {
            throw new IllegalArgumentException(
                    what + " ends with a backslash, which would join it to the next; remove the backslash");
        }
        return value;
    }

    /** Tells whether there is no half of a character. */
    static boolean isWhole(String value) {
        return value.codePoints().allMatch(point -> point < 0xD800 || point > 0xDFFF);
    }

    static IllegalArgumentException refused(String what, String value, String problem, String remedy) {
        StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(100)
                .forEach(point -> shown.append(
                        Character.isISOControl(point) ? String.format("\\u%04x", point) : Character.toString(point)));
        return new IllegalArgumentException(what + " \"" + shown + "\" " + problem + "; " + remedy);
    }
}
