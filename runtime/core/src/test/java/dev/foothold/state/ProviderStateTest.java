package dev.foothold.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.store.FileStateStore;
import dev.foothold.internal.yaml.YamlException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderStateTest {

    private static final String FILE = "prod/provider-state";

    private final MemoryStateStore store = new MemoryStateStore();
    private final ProviderState state = new ProviderState(store, "prod");

    @Test
    void theFileOfAModel_isNamedAfterIt() {
        assertThat(state.create()).isEqualTo(store.locate(FILE)).isEqualTo(state.location());
        assertThat(store.scan("")).containsExactly(FILE);
        assertThat(ProviderState.STATE_FILE).isEqualTo("provider-state");
    }

    @Test
    void modelsHaveTheirOwnFiles() {
        ProviderState other = new ProviderState(store, "test");
        state.addStateInstance(InstanceId.of("a"));
        other.addStateInstance(InstanceId.of("b"));
        state.delete();

        assertThat(other.providerStateInstances()).containsExactly(InstanceId.of("b"));
        assertThatThrownBy(state::load)
                .isInstanceOf(NotBootstrappedException.class)
                .isInstanceOf(FootholdException.class)
                .hasMessage("model \"prod\" is not bootstrapped");
    }

    @Test
    void aModelThatCannotNameAFile_isRefused() {
        assertThatThrownBy(() -> new ProviderState(store, "../prod")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void save_replacesTheInstances_alsoByNone() {
        state.save(BootstrapState.of(InstanceId.of("b"), InstanceId.of("a")));
        assertThat(state.load()).isEqualTo(BootstrapState.of(InstanceId.of("b"), InstanceId.of("a")));

        state.save(BootstrapState.of());
        assertThat(text()).isEqualTo("state-instances: []\n");
    }

    @Test
    @Tag("D-23")
    void anInstanceIsRecordedOnce_andNothingIsWrittenTheSecondTime() {
        state.addStateInstance(InstanceId.of("a"));
        state.addStateInstance(InstanceId.of("b"));
        long writes = store.writes();

        state.addStateInstance(InstanceId.of("a"));

        assertThat(state.providerStateInstances()).containsExactly(InstanceId.of("a"), InstanceId.of("b"));
        assertThat(store.writes()).isEqualTo(writes);
    }

    @Test
    @Tag("D-24")
    void changesMadeAtTheSameTime_areNeverLost(@TempDir Path directory) throws Exception {
        int contenders = 8;
        int instances = 20;
        CyclicBarrier start = new CyclicBarrier(contenders);
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < contenders; i++) {
                ProviderState mine = new ProviderState(FileStateStore.open(directory), "prod");
                String prefix = "i-" + i + "-";
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    for (int k = 0; k < instances; k++) {
                        mine.addStateInstance(InstanceId.of(prefix + k));
                        if (k % 2 == 0) {
                            assertThat(mine.removeStateInstances(List.of(InstanceId.of(prefix + k))))
                                    .isTrue();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> contender : running) {
                contender.get(3, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        List<InstanceId> expected = IntStream.range(0, contenders)
                .boxed()
                .flatMap(i ->
                        IntStream.range(0, instances).filter(k -> k % 2 == 1).mapToObj(k -> "i-" + i + "-" + k))
                .map(InstanceId::of)
                .toList();
        assertThat(new ProviderState(FileStateStore.open(directory), "prod").providerStateInstances())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @Tag("D-24")
    void aChangeThatAlwaysLosesTheRace_givesUpAndSaysSo() {
        StateStore unlucky = new Failing(store) {
            @Override
            public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes) {
                return false;
            }
        };

        assertThatThrownBy(() -> new ProviderState(unlucky, "prod").addStateInstance(InstanceId.of("a")))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("record instance \"a\"")
                .hasMessageContaining("memory:/" + FILE)
                .hasMessageContaining("1000");
    }

    @Test
    @Tag("D-25")
    void keysOfOthers_surviveEveryChange() {
        put("other: 1\nstate-instances:\n- a\nnested: {x: [1, '2', ~]}\n");

        state.addStateInstance(InstanceId.of("b"));
        assertThat(text()).isEqualTo("other: 1\nstate-instances:\n- a\n- b\nnested: {x: [1, '2', ~]}\n");

        state.removeStateInstances(List.of(InstanceId.of("a"), InstanceId.of("b")));
        assertThat(text()).isEqualTo("other: 1\nstate-instances: []\nnested: {x: [1, '2', ~]}\n");

        state.save(BootstrapState.of(InstanceId.of("c")));
        assertThat(text()).isEqualTo("other: 1\nstate-instances:\n- c\nnested: {x: [1, '2', ~]}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                               | 1 | 2
                    state-instances: a              | 1 | 18
                    x: 1\\nstate-instances: {a: b}  | 2 | 18
                    state-instances:\\n- a\\n- [b]  | 3 | 3
                    state-instances:\\n- a\\n-      | 3 | 2
                    state-instances: [a]\\nstate-instances: [b] | 2 | 1
                    - a                             | 1 | 1
                    a: 1\\nb: \\u00ff               | 2 | 4
                    """)
    void aMalformedFile_isNamedWithLineAndColumn_andNotChanged(String content, int line, int column) {
        byte[] malformed =
                content.replace("\\n", "\n").replace("\\u00ff", "\u00ff").getBytes(StandardCharsets.ISO_8859_1);
        store.compareAndSet(FILE, null, malformed);

        for (Runnable operation : List.<Runnable>of(
                state::load,
                state::providerStateInstances,
                () -> state.addStateInstance(InstanceId.of("x")),
                () -> state.removeStateInstances(List.of(InstanceId.of("x"))),
                () -> state.save(BootstrapState.of()))) {
            assertThatThrownBy(operation::run).isInstanceOfSatisfying(StateException.class, e -> {
                assertThat(e.line()).isEqualTo(line);
                assertThat(e.column()).isEqualTo(column);
                assertThat(e.location()).isEqualTo(store.locate(FILE));
                assertThat(e)
                        .hasMessageContaining("memory:/" + FILE)
                        .hasMessageContaining("line " + line + ", column " + column + ": ");
            });
        }
        assertThat(store.read(FILE).orElseThrow().bytes()).isEqualTo(malformed);
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void aMalformedFile_canBeReplacedOrRemoved() {
        put("{");
        state.create();
        assertThat(state.load()).isEqualTo(BootstrapState.of());

        state.delete();
        put("{");
        state.delete();
        assertThat(store.scan("")).isEmpty();
    }

    @Test
    void theCauseOfAMalformedFile_isKept() {
        put("{");

        assertThatThrownBy(state::load).hasCauseInstanceOf(YamlException.class);
    }

    @Test
    void theCauseOfAFailure_isKept() {
        IOException fire = new IOException("disk on fire");
        StateStore burning = new Failing(store) {
            @Override
            public Optional<StoredObject> read(String name) throws IOException {
                throw fire;
            }
        };

        assertThatThrownBy(() -> new ProviderState(burning, "prod").load())
                .isInstanceOf(StateException.class)
                .hasMessage("cannot read the state file in memory:/prod/provider-state: disk on fire")
                .hasCause(fire);
    }

    @Test
    void theFileOnDisk_isWhatOtherToolsExpect(@TempDir Path directory) throws IOException {
        ProviderState onDisk = new ProviderState(FileStateStore.open(directory), "prod");
        URI location = onDisk.create();
        assertThat(Path.of(location)).isEmptyFile();

        onDisk.addStateInstance(InstanceId.of("i-1"));
        onDisk.addStateInstance(InstanceId.of("007"));

        assertThat(Files.readString(Path.of(location))).isEqualTo("state-instances:\n- i-1\n- \"007\"\n");
    }

    private void put(String content) {
        assertThat(store.compareAndSet(FILE, null, content.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    private String text() {
        return store.read(FILE).orElseThrow().text();
    }

    /** A store that is about to fail in some operation. */
    static class Failing implements StateStore {

        private final StateStore store;

        Failing(StateStore store) {
            this.store = store;
        }

        @Override
        public Optional<StoredObject> read(String name) throws IOException {
            return store.read(name);
        }

        @Override
        public boolean compareAndSet(String name, @Nullable String expected, byte @Nullable [] bytes)
                throws IOException {
            return store.compareAndSet(name, expected, bytes);
        }

        @Override
        public List<String> scan(String prefix) throws IOException {
            return store.scan(prefix);
        }

        @Override
        public URI locate(String name) {
            return store.locate(name);
        }
    }
}
