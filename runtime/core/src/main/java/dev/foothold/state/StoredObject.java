package dev.foothold.state;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Holds what was read from a {@link StateStore}: the bytes and the version that a change has to name.
 *
 * <p>The content may be a secret, so it never appears in {@link #toString()}. Immutable.
 */
public final class StoredObject {

    private final byte[] bytes;
    private final String version;

    /**
     * Creates an object.
     *
     * @param bytes the content; copied
     * @param version opaque text that differs whenever the content does; equal content may have equal versions
     */
    public StoredObject(byte[] bytes, String version) {
        this.bytes = bytes.clone();
        this.version = Objects.requireNonNull(version, "version");
    }

    /**
     * Gives the content.
     *
     * @return a copy of the bytes
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Gives the content as text.
     *
     * @return the bytes read as UTF-8; what is not UTF-8 becomes replacement characters
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Gives the version.
     *
     * @return opaque text, to be handed to {@link StateStore#compareAndSet}
     */
    public String version() {
        return version;
    }

    @Override
    public String toString() {
        return "StoredObject[" + bytes.length + " bytes, version " + version + "]";
    }
}
