package dev.foothold.state;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps named objects that outlive this process, and changes each of them only from a known version to a new one.
 *
 * <p>Four operations, so that a directory, a database row or an object store with conditional writes fits behind it.
 * Names are paths of one or more parts joined with {@code /}; a part is made of ASCII letters, digits, dots, hyphens
 * and underscores and does not start with a dot. Every operation refuses other names with an
 * {@link IllegalArgumentException} that gives the name; no name is both an object and the beginning of another one's
 * path. Implementations are thread-safe, and safe against other processes that use the same store.
 *
 * <p>An interrupt ends a wait, with an {@link java.io.InterruptedIOException} and the thread still interrupted; it never
 * leaves a change half done or its outcome unknown.
 */
public interface StateStore {

    /**
     * Reads an object.
     *
     * @param name the object
     * @return its bytes and version; empty if there is none
     * @throws IOException if the store cannot be read
     */
    Optional<StoredObject> read(String name) throws IOException;

    /**
     * Replaces, creates or removes an object, but only if it is still what the caller thinks it is.
     *
     * @param name the object
     * @param expected the version the caller has read; null if there must be no such object
     * @param bytes the new content; null to remove the object
     * @return true if it was done and will survive a crash; false if the object is another one by now, and nothing
     *     was changed. Removing what is expected to be absent is done when it is absent
     * @throws IOException if the store cannot be written; the object is as it was or as it should be then, and nothing
     *     in between
     */
    boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) throws IOException;

    /**
     * Replaces, creates or removes an object, whatever it is by now.
     *
     * @param name the object
     * @param bytes the new content; null to remove the object, if there is one
     * @throws IOException if the store cannot be read or written
     */
    default void overwrite(String name, byte @Nullable [] bytes) throws IOException {
        boolean done = false;
        while (!done) {
            Optional<StoredObject> there = read(name);
            done = there.isEmpty() && bytes == null
                    || compareAndSet(name, there.map(StoredObject::version).orElse(null), bytes);
        }
    }

    /**
     * Lists objects.
     *
     * @param prefix the beginning of the names, not necessarily whole parts; empty for all
     * @return the full names, sorted
     * @throws IOException if the store cannot be read
     */
    List<String> scan(String prefix) throws IOException;

    /**
     * Says where an object is kept, for messages.
     *
     * @param name the object, whether it exists or not
     * @return for example a {@code file:} URI
     */
    URI locate(String name);
}
