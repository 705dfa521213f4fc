package dev.foothold.bootstrap.simulation;

import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The store as one client uses it. */
final class ClientStore implements StateStore {

    private final MemoryStateStore store;
    private final Life life;
    private final @Nullable Safeguard without;
    private final Consumer<String> ended;
    /** Without the heartbeat's compare-and-set a client believes that the record is as it left it. */
    private byte @Nullable [] believed;

    /** Creates a store that passes on the record of each operation that has ended. */
    ClientStore(MemoryStateStore store, Life life, @Nullable Safeguard without, Consumer<String> ended) {
        this.store = store;
        this.life = life;
        this.without = without;
        this.ended = ended;
    }

    @Override
    public Optional<StoredObject> read(String name) {
        life.alive();
        if (believed != null && name.endsWith("/operation")) {
            return Optional.of(new StoredObject(believed, "believed"));
        }
        return store.read(name);
    }

    @Override
    public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) {
        life.moment();
        boolean done = name.endsWith("/operation")
                ? operation(name, expected, bytes)
                : store.compareAndSet(name, expected, bytes);
        life.moment();
        return done;
    }

    private boolean operation(String name, @Nullable String expected, byte @Nullable [] bytes) {
        Optional<StoredObject> before = bytes == null ? read(name) : Optional.empty();
        boolean done = write(name, expected, bytes);
        if (done) {
            before.map(StoredObject::text).ifPresent(ended);
        }
        return done;
    }

    private boolean write(String name, @Nullable String expected, byte @Nullable [] bytes) {
        if (without == Safeguard.HEARTBEAT) {
            if (believed != null) {
                believed = bytes;
                while (!store.compareAndSet(
                        name, store.read(name).map(StoredObject::version).orElse(null), bytes)) {
                    continue;
                }
                return true;
            }
            boolean done = store.compareAndSet(name, expected, bytes);
            believed = done ? bytes : null;
            return done;
        }
        if (without == Safeguard.INTENT && bytes != null) {
            String text = new String(bytes, StandardCharsets.UTF_8)
                    .replaceAll("(?m)^- token: .*\\R  outcome: asked(\\R  zone: .*)?$", "")
                    .replaceAll("(?m)^starts:\\s*$(?=\\R+resources)", "starts: []");
            return store.compareAndSet(name, expected, text.getBytes(StandardCharsets.UTF_8));
        }
        return store.compareAndSet(name, expected, bytes);
    }

    @Override
    public List<String> scan(String prefix) {
        life.alive();
        return store.scan(prefix);
    }

    @Override
    public URI locate(String name) {
        return store.locate(name);
    }
}
