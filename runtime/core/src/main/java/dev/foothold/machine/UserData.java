package dev.foothold.machine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Holds what a machine is told at its first boot.
 *
 * <p>It contains a private host key, so its text never appears in {@link #toString()}. Immutable.
 */
public final class UserData {

    private final String text;

    private UserData(String text) {
        this.text = text;
    }

    /**
     * Makes user data.
     *
     * @param text a {@code #cloud-config} document
     * @return the user data
     */
    public static UserData of(String text) {
        return new UserData(Objects.requireNonNull(text, "text"));
    }

    /**
     * Tells a machine nothing.
     *
     * @return empty text
     */
    public static UserData none() {
        return new UserData("");
    }

    /**
     * Gives the document for clouds that take text.
     *
     * @return the {@code #cloud-config} document; empty if the machine is told nothing
     */
    public String text() {
        return text;
    }

    /**
     * Gives the document for clouds that take it in Base64.
     *
     * @return the UTF-8 bytes in Base64, without line breaks
     */
    public String base64() {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Counts the bytes, to be compared with a cloud's limit.
     *
     * @return the length of the document in UTF-8
     */
    public int size() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserData that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "UserData[" + size() + " bytes]";
    }
}
