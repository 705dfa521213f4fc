package dev.foothold.cloudinit;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes text so that every POSIX shell reads it back as one word, unchanged. */
public final class ShellWord {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private static final Set<String> RESERVED = Set.of(
            "if",
            "then",
            "elif",
            "else",
            "fi",
            "for",
            "select",
            "in",
            "do",
            "done",
            "while",
            "until",
            "case",
            "esac",
            "function",
            "time",
            "coproc");

    private ShellWord() {}

    /**
     * Quotes a text.
     *
     * @param text any text without NUL
     * @return the text itself if it needs no quotes, else the text in single quotes
     * @throws IllegalArgumentException if the text contains NUL, which no shell can hold
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a word for the shell must not contain NUL");
        }
        return SAFE.matcher(text).matches() ? text : inQuotes(text);
    }

    /**
     * Quotes the words of a command. The first is the name of a program even if it looks like an assignment or is a word
     * of the shell's grammar, such as {@code time}.
     *
     * @param words the command and its arguments
     * @return the words, quoted and joined with blanks
     * @throws IllegalArgumentException if a word contains NUL, which no shell can hold
     */
    public static String join(Collection<String> words) {
        String line = words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
        String first = words.isEmpty() ? "" : words.iterator().next();
        boolean special = SAFE.matcher(first).matches() && (first.indexOf('=') > 0 || RESERVED.contains(first));
        return special ? inQuotes(first) + line.substring(first.length()) : line;
    }

    private static String inQuotes(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
