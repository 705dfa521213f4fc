package dev.foothold.ssh;

import java.util.Objects;

/**
 * Holds the words that open a locked private key. Nothing prints them: not {@link #toString()}, no exception, no event.
 * Immutable.
 */
public final class Passphrase {

    private final char[] words;

    private Passphrase(char[] words) {
        this.words = words;
    }

    /**
     * Takes the words.
     *
     * @param words all of them, with their blanks; copied
     * @return the passphrase
     */
    public static Passphrase of(char[] words) {
        return new Passphrase(words.clone());
    }

    /**
     * Takes the words.
     *
     * @param words all of them, with their blanks
     * @return the passphrase
     */
    public static Passphrase of(String words) {
        return new Passphrase(Objects.requireNonNull(words, "words").toCharArray());
    }

    char[] words() {
        return words.clone();
    }

    @Override
    public String toString() {
        return "Passphrase[hidden]";
    }
}
