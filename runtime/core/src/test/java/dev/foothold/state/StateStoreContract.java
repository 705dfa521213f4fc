package dev.foothold.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link StateStore} promises; a test of a store extends it. */
public abstract class StateStoreContract {

    private static final String NAME = "prod/object";

    /**
     * Opens the store that the test is about: the same objects each time it is called within one test, none at its
     * beginning.
     */
    protected abstract StateStore open() throws IOException;

    @Test
    void anObjectIsAbsentUntilItIsCreated() throws IOException {
        StateStore store = open();

        assertThat(store.read(NAME)).isEmpty();
        assertThat(store.compareAndSet(NAME, null, bytes("one"))).isTrue();
        assertThat(content(store, NAME)).isEqualTo("one");
    }

    @Test
    void anObjectIsCreatedOnce() throws IOException {
        StateStore store = open();
        store.compareAndSet(NAME, null, bytes("one"));

        assertThat(store.compareAndSet(NAME, null, bytes("two"))).isFalse();
        assertThat(store.compareAndSet(NAME, null, bytes("one"))).isFalse();
        assertThat(content(store, NAME)).isEqualTo("one");
    }

    @Test
    void anObjectIsReplacedOnlyFromItsVersion() throws IOException {
        StateStore store = open();
        store.compareAndSet(NAME, null, bytes("one"));
        String one = version(store, NAME);

        assertThat(store.compareAndSet(NAME, one, bytes("two"))).isTrue();
        assertThat(version(store, NAME)).isNotEqualTo(one);
        assertThat(store.compareAndSet(NAME, one, bytes("three"))).isFalse();
        assertThat(content(store, NAME)).isEqualTo("two");
    }

    @Test
    void anObjectIsRemovedOnlyFromItsVersion() throws IOException {
        StateStore store = open();
        store.compareAndSet(NAME, null, bytes("one"));
        String one = version(store, NAME);
        store.compareAndSet(NAME, one, bytes("two"));

        assertThat(store.compareAndSet(NAME, one, null)).isFalse();
        assertThat(store.compareAndSet(NAME, null, null)).isFalse();
        assertThat(content(store, NAME)).isEqualTo("two");
        assertThat(store.compareAndSet(NAME, version(store, NAME), null)).isTrue();
        assertThat(store.read(NAME)).isEmpty();
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void anObjectThatIsGoneHasNoVersionToChangeItFrom() throws IOException {
        StateStore store = open();
        store.compareAndSet(NAME, null, bytes("one"));
        String one = version(store, NAME);
        store.compareAndSet(NAME, one, null);

        assertThat(store.compareAndSet(NAME, one, bytes("two"))).isFalse();
        assertThat(store.compareAndSet(NAME, one, null)).isFalse();
        assertThat(store.compareAndSet(NAME, null, null)).isTrue();
        assertThat(store.read(NAME)).isEmpty();
        assertThat(store.compareAndSet(NAME, null, bytes("two"))).isTrue();
    }

    @Test
    void anotherOpeningSeesTheSameObjects() throws IOException {
        StateStore first = open();
        StateStore second = open();
        first.compareAndSet(NAME, null, bytes("one"));

        assertThat(second.compareAndSet(NAME, version(first, NAME), bytes("two")))
                .isTrue();
        assertThat(content(first, NAME)).isEqualTo("two");
        assertThat(first.locate(NAME)).isEqualTo(second.locate(NAME));
    }

    @Test
    void objectsDoNotTouchEachOther() throws IOException {
        StateStore store = open();
        store.compareAndSet("a", null, bytes("1"));
        store.compareAndSet("b/c", null, bytes("2"));
        store.compareAndSet("b/d", null, bytes("2"));
        store.compareAndSet("b/d", version(store, "b/d"), null);

        assertThat(content(store, "a")).isEqualTo("1");
        assertThat(content(store, "b/c")).isEqualTo("2");
        assertThat(store.locate("a")).isNotEqualTo(store.locate("b/c"));
    }

    @Test
    void scan_listsFullNamesSortedByPrefix() throws IOException {
        StateStore store = open();
        for (String name : List.of("prod/b", "prod/a", "prod-2/a", "dev/x/y", "z", "prod.old", "Upper")) {
            store.compareAndSet(name, null, bytes(name));
        }

        assertThat(store.scan("")).containsExactly("Upper", "dev/x/y", "prod-2/a", "prod.old", "prod/a", "prod/b", "z");
        assertThat(store.scan("prod/")).containsExactly("prod/a", "prod/b");
        assertThat(store.scan("prod")).containsExactly("prod-2/a", "prod.old", "prod/a", "prod/b");
        assertThat(store.scan("dev/x/y")).containsExactly("dev/x/y");
        assertThat(store.scan("none")).isEmpty();
        assertThat(store.scan("../")).isEmpty();
    }

    @Test
    void contentIsKeptToTheByte() throws IOException {
        StateStore store = open();
        byte[] large = new byte[1_000_003];
        new Random(1).nextBytes(large);

        store.compareAndSet("large", null, large);
        store.compareAndSet("empty", null, new byte[0]);

        assertThat(store.read("large").orElseThrow().bytes()).isEqualTo(large);
        assertThat(store.read("empty").orElseThrow().bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", ".lock", "a/.b", "a b", "a\\b", "a\n",
                "a:b", "\u00e9", "a\u0000"
            })
    void anImproperNameIsRefusedByName(String name) throws IOException {
        StateStore store = open();

        for (Callable<?> operation : List.<Callable<?>>of(
                () -> store.read(name),
                () -> store.compareAndSet(name, null, bytes("x")),
                () -> store.compareAndSet(name, null, null),
                () -> store.locate(name))) {
            assertThatThrownBy(operation::call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + name + "\"");
        }
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void noUpdateOfEightContendersIsLost() throws Exception {
        int contenders = 8;
        int increments = 200;
        CyclicBarrier start = new CyclicBarrier(contenders);
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < contenders; i++) {
                StateStore store = open();
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    increment(store, NAME, increments);
                    return null;
                }));
            }
            for (Future<?> contender : running) {
                contender.get(3, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(content(open(), NAME)).isEqualTo(Integer.toString(contenders * increments));
    }

    /** Counts an object up, each time from the number that is there. */
    public static void increment(StateStore store, String name, int times) throws IOException {
        for (int done = 0; done < times; ) {
            StoredObject current = store.read(name).orElse(null);
            int next = current == null ? 1 : Integer.parseInt(current.text()) + 1;
            if (store.compareAndSet(name, current == null ? null : current.version(), bytes(Integer.toString(next)))) {
                done++;
            }
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static @Nullable String content(StateStore store, String name) throws IOException {
        return store.read(name).map(StoredObject::text).orElse(null);
    }

    protected static String version(StateStore store, String name) throws IOException {
        return store.read(name).orElseThrow().version();
    }
}
