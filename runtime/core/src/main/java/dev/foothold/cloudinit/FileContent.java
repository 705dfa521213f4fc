package dev.foothold.cloudinit;

import dev.foothold.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a file shall hold, to the byte. It may be a secret, so {@link #toString()} tells only how long it is.
 * Immutable.
 */
public final class FileContent {

    private final byte[] bytes;
    private final @Nullable Secret secret;

    private FileContent(byte[] bytes, @Nullable Secret secret) {
        this.bytes = bytes;
        this.secret = secret;
    }

    /**
     * Makes the content of a text.
     *
     * @param text any text, written in UTF-8; nothing is added to it
     * @return the content
     * @throws IllegalArgumentException if the text contains half of a surrogate pair, which UTF-8 cannot hold
     */
    public static FileContent of(String text) {
        if (!Checked.isWhole(text)) {
            throw new IllegalArgumentException(
                    "the content of a file contains half of a surrogate pair; give whole characters, or bytes");
        }
        return new FileContent(text.getBytes(StandardCharsets.UTF_8), null);
    }

    /**
     * Makes the content of a secret.
     *
     * @param secret any text, written in UTF-8; nothing is added to it
     * @return the content
     * @throws IllegalArgumentException if the text contains half of a surrogate pair, which UTF-8 cannot hold
     */
    public static FileContent of(Secret secret) {
        return new FileContent(of(secret.reveal()).bytes, secret);
    }

    /**
     * Makes content of bytes.
     *
     * @param bytes any bytes; copied
     * @return the content
     */
    public static FileContent of(byte[] bytes) {
        return new FileContent(bytes.clone(), null);
    }

    /**
     * Counts the bytes.
     *
     * @return how many there are
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Gives the bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Gives the secret that it was made of, if it was. */
    Optional<Secret> secret() {
        return Optional.ofNullable(secret);
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
