package dev.foothold.testkit;

import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps a model's state for one test. Whoever is dead cannot use it. Thread-safe. */
final class MemoryStore implements StateStore {

    private final TreeMap<String, StoredObject> objects;
    private final BooleanSupplier dead;
    private static long versions;

    MemoryStore() {
        this(new TreeMap<>(), () -> false);
    }

    private MemoryStore(TreeMap<String, StoredObject> objects, BooleanSupplier dead) {
        this.objects = objects;
        this.dead = dead;
    }

    /** Gives the same store to a client that may die. */
    MemoryStore of(BooleanSupplier isDead) {
        return new MemoryStore(objects, isDead);
    }

    private void alive() {
        if (dead.getAsBoolean()) {
            throw new ClientKilled();
        }
    }

    @Override
    public Optional<StoredObject> read(String name) throws IOException {
        alive();
        synchronized (objects) {
            return Optional.ofNullable(objects.get(name));
        }
    }

    @Override
    public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) throws IOException {
        alive();
        synchronized (objects) {
            StoredObject current = objects.get(name);
            if (!Objects.equals(expected, current == null ? null : current.version())) {
                return false;
            }
            if (bytes == null) {
                objects.remove(name);
            } else {
                objects.put(name, new StoredObject(bytes, "v" + ++versions));
            }
            return true;
        }
    }

    @Override
    public List<String> scan(String prefix) throws IOException {
        alive();
        synchronized (objects) {
            return objects.keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }

    @Override
    public URI locate(String name) {
        return URI.create("memory:/" + name);
    }
}
