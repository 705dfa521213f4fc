package dev.foothold.bench.store;

import dev.foothold.internal.store.FileStateStore;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ours: reads without a lock, and changes what it has read if it is still that. */
final class FootholdCounter implements Counter {

    private static final String NAME = "prod/operation";

    private final StateStore store;

    FootholdCounter(Path directory) throws IOException {
        store = FileStateStore.open(directory);
    }

    @Override
    public void increment() throws IOException {
        @Nullable StoredObject there;
        do {
            there = store.read(NAME).orElse(null);
        } while (!store.compareAndSet(
                NAME,
                there == null ? null : there.version(),
                Content.of(there == null ? 1 : Content.number(there.bytes()) + 1)));
    }

    @Override
    public long read() throws IOException {
        return store.read(NAME).map(there -> Content.number(there.bytes())).orElse(0L);
    }
}
