package dev.foothold.state;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store for tests that need no disk; it counts its writes, and every write makes a new version. */
public final class MemoryStateStore implements StateStore {

    private final TreeMap<String, StoredObject> objects = new TreeMap<>();
    private long writes;

    @Override
    public synchronized Optional<StoredObject> read(String name) {
        return Optional.ofNullable(objects.get(checked(name)));
    }

    @Override
    public synchronized boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) {
        StoredObject current = objects.get(checked(name));
        if (!Objects.equals(expected, current == null ? null : current.version())) {
            return false;
        }
        writes++;
        if (bytes == null) {
            objects.remove(name);
        } else {
            objects.put(name, new StoredObject(bytes, "v" + writes));
        }
        return true;
    }

    @Override
    public synchronized List<String> scan(String prefix) {
        return objects.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public URI locate(String name) {
        return URI.create("memory:/" + checked(name));
    }

    /** Says how many changes were made. */
    public synchronized long writes() {
        return writes;
    }

    private static String checked(String name) {
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a stored object");
        }
        return name;
    }
}
