package dev.foothold.constraints;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes the text of constraints apart and writes its parts.
 *
 * <p>Spaces separate pairs, commas separate the items of a list. A backslash before a space makes it part of the value;
 * {@code \}{@code uXXXX} stands for the character of that number wherever it would mean something else. All other
 * backslashes stand for themselves.
 */
final class ConstraintText {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final int LONGEST_SHOWN = 80;

    private ConstraintText() {}

    /** Splits an argument into pairs; escaped spaces are spaces then. */
    static List<String> pairs(String argument) {
        List<String> pairs = new ArrayList<>();
        StringBuilder pair = new StringBuilder();
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '\\' && i + 1 < argument.length() && argument.charAt(i + 1) == ' ') {
                pair.append(' ');
                i++;
            } else if (c == ' ') {
                pairs.add(pair.toString());
                pair.setLength(0);
            } else {
                pair.append(c);
            }
        }
        pairs.add(pair.toString());
        return pairs.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /** Reads a value that has no items. */
    static String text(String value) {
        return ESCAPE.matcher(value)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 16))));
    }

    /** Reads the items of a list. */
    static List<String> items(String value) {
        return value.isEmpty()
                ? List.of()
                : Arrays.stream(value.split(",", -1)).map(ConstraintText::text).toList();
    }

    /** Writes a value that has no items. */
    static String escaped(String text) {
        return escaped(text, false);
    }

    /** Writes the items of a list. */
    static String escaped(List<String> items) {
        return items.stream().map(item -> escaped(item, true)).collect(Collectors.joining(","));
    }

    /** Shows a text in a message: on one line, and not all of a long one. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars().limit(LONGEST_SHOWN).forEach(c -> {
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(number((char) c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.append(text.length() > LONGEST_SHOWN ? "…\"" : "\"").toString();
    }

    private static String escaped(String text, boolean item) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i == text.length() - 1;
            // What ends in white space would be trimmed; what ends in a backslash would swallow the separator.
            boolean special = last && (c == '\\' || Character.isWhitespace(c))
                    || item && c == ','
                    || c == '\\'
                            && ESCAPE.matcher(text).region(i, text.length()).lookingAt();
            escaped.append(special ? number(c) : c == ' ' ? "\\ " : String.valueOf(c));
        }
        return escaped.toString();
    }

    private static String number(char c) {
        return String.format("\\u%04x", (int) c);
    }
}
