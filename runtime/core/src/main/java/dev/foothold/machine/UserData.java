package dev.foothold.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Holds what a machine is told at its first boot: a {@code #cloud-config} document, or several parts in one MIME message.
 *
 * <p>It contains a private host key, so its text never appears in {@link #toString()}. Immutable.
 */
public final class UserData {

    private final byte[] bytes;
    private final boolean compressed;
    private final Map<String, Integer> sizes;

    private UserData(byte[] bytes, boolean compressed, Map<String, Integer> sizes) {
        this.bytes = bytes;
        this.compressed = compressed;
        this.sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    }

    /**
     * Makes user data.
     *
     * @param text a {@code #cloud-config} document
     * @return the user data
     */
    public static UserData of(String text) {
        return of(text, Map.of());
    }

    /**
     * Makes user data that can tell what is large in it.
     *
     * @param text a {@code #cloud-config} document
     * @param sizes how many bytes of it are taken by what, for messages
     * @return the user data
     */
    public static UserData of(String text, Map<String, Integer> sizes) {
        return new UserData(text.getBytes(StandardCharsets.UTF_8), false, sizes);
    }

    /**
     * Makes user data of several parts.
     *
     * @param parts each with a name of its own; a single one is taken as it is, without a message around it
     * @return the user data
     * @throws IllegalArgumentException if there is no part, or two have the same name
     */
    public static UserData of(UserDataPart... parts) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (UserDataPart part : parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException(
                        "two parts of the user data are called \"" + part.name() + "\"; name them differently");
            }
            sizes.put("part " + part.name(), part.text().getBytes(StandardCharsets.UTF_8).length);
        }
        if (parts.length == 0) {
            throw new IllegalArgumentException(
                    "user data needs at least one part; use none() to tell a machine nothing");
        }
        return of(parts.length == 1 ? parts[0].text() : MimeMessage.of(List.of(parts)), sizes);
    }

    /**
     * Tells a machine nothing.
     *
     * @return empty text
     */
    public static UserData none() {
        return of("");
    }

    /**
     * Gives the document for clouds that take text.
     *
     * @return the {@code #cloud-config} document or MIME message; empty if the machine is told nothing
     * @throws IllegalStateException if it is compressed; that is done only for clouds whose {@linkplain UserDataLimit
     *     limit} allows it
     */
    public String text() {
        if (compressed) {
            throw new IllegalStateException("the user data is compressed, as the cloud's limit allows; use bytes() or "
                    + "base64() instead of text()");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Gives the document for clouds that take bytes.
     *
     * @return a copy of the bytes: UTF-8, or gzip if it is compressed
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Gives the document for clouds that take it in Base64.
     *
     * @return the {@link #bytes()} in Base64, without line breaks
     */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Counts the bytes, to be compared with a cloud's limit.
     *
     * @return the length of {@link #bytes()}
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Compresses it; machines notice that by themselves.
     *
     * @return the same in gzip; itself if it is compressed already
     */
    public UserData compressed() {
        if (compressed) {
            return this;
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new UserData(zipped.toByteArray(), true, sizes);
    }

    /**
     * Tells whether it is compressed.
     *
     * @return true if {@link #bytes()} are gzip
     */
    public boolean isCompressed() {
        return compressed;
    }

    /**
     * Tells what is how large in it, as far as that is known.
     *
     * @return bytes, before compression, by what they say; unmodifiable
     */
    public Map<String, Integer> sizes() {
        return sizes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserData that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "UserData[" + size() + " bytes]";
    }
}
