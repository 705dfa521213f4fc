package dev.foothold.cloudinit;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes text so that every POSIX shell reads it back as one word, unchanged. */
public final class ShellWord {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

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
        return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * Quotes the words of a command.
     *
     * @param words the command and its arguments
     * @return the words, quoted and joined with blanks
     */
    public static String join(Collection<String> words) {
        return words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }
}
