package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foothold.FootholdException;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Scope;
import dev.foothold.time.Timeline;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProviderRegistryTest {

    private final ProviderRegistry registry = new ProviderRegistry();

    @TestFactory
    @Tag("D-63")
    Stream<DynamicTest> recordedAnswers() {
        return Vectors.file("provider_registry").tests(vector -> new ProviderRegistryTest().check(vector));
    }

    private void check(VectorCase vector) {
        JsonNode expected = vector.expect("results");
        int i = 0;
        for (JsonNode step : vector.get("steps")) {
            JsonNode wanted = expected.get(i++);
            ObjectNode result = run(StreamSupport.stream(step.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
            if (wanted.has("error")) {
                // Ours goes on to say what to do.
                assertThat(result.path("error").asText())
                        .startsWith(wanted.get("error").asText());
                assertThat(result.path("kind")).isEqualTo(wanted.path("kind"));
            } else {
                assertThat(result).isEqualTo(wanted);
            }
        }
        assertThat(i).isEqualTo(expected.size());
    }

    private ObjectNode run(List<String> step) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        try {
            switch (step.get(0)) {
                case "register" ->
                    registry.register(
                            factory(step.get(1), step.subList(2, step.size()).toArray(String[]::new)));
                case "get" ->
                    result.put("provider", registry.provider(step.get(1)).name());
                case "unregister" -> registry.unregister(step.get(1));
                case "list" -> registry.names().forEach(result.putArray("types")::add);
                default -> throw new AssertionError("unknown step " + step);
            }
        } catch (UnknownProviderException e) {
            result.put("error", e.getMessage()).put("kind", "not-found");
        } catch (FootholdException e) {
            result.put("error", e.getMessage());
        }
        return result;
    }

    @Test
    void anUnknownNameIsAnsweredWithWhatThereIsAndWhatWasMeant() {
        registry.register(factory("openstack"));
        registry.register(factory("acme", "acme-cloud"));

        assertThatThrownBy(() -> registry.provider("opnstack"))
                .isInstanceOfSatisfying(
                        UnknownProviderException.class,
                        e -> assertThat(e.name()).isEqualTo("opnstack"))
                .hasMessage("no registered provider for \"opnstack\"; did you mean \"openstack\"?"
                        + " there are: acme, openstack");
        assertThatThrownBy(() -> registry.provider("acmecloud")).hasMessageContaining("did you mean \"acme-cloud\"?");
        assertThatThrownBy(() -> registry.provider("xyz")).hasMessageNotContaining("did you mean");
    }

    @Test
    void anEmptyRegistrySaysSo() {
        assertThatThrownBy(() -> registry.provider("acme"))
                .isInstanceOf(UnknownProviderException.class)
                .hasMessageContaining("none at all");
    }

    @Test
    void aDuplicateNamesBothProviders() {
        registry.register(factory("acme", "a"));

        assertThatThrownBy(() -> registry.register(factory("other", "o", "a")))
                .hasMessageContainingAll("duplicate provider alias \"a\"", "\"other\"", "\"acme\"", "unregister");
    }

    @Test
    @Tag("D-63")
    void aProviderWhoseSecondAliasIsTakenIsNotRegisteredAtAll() {
        registry.register(factory("acme", "a"));

        assertThatThrownBy(() -> registry.register(factory("other", "o", "a"))).isInstanceOf(FootholdException.class);

        assertThat(registry.names()).containsExactly("acme");
        assertThatThrownBy(() -> registry.provider("o")).isInstanceOf(UnknownProviderException.class);
    }

    @Test
    @Tag("D-63")
    void ofManyThatRegisterTheSameNameAtTheSameTimeOneWins() throws Exception {
        AtomicInteger won = new AtomicInteger();
        try (Scope scope = Timeline.real().open("race", Duration.ofMinutes(1))) {
            for (int i = 0; i < 16; i++) {
                int number = i;
                scope.fork("contender " + i, () -> {
                    for (int round = 0; round < 200; round++) {
                        try {
                            registry.register(factory("name-" + round, "alias-" + round + "-" + number));
                            won.incrementAndGet();
                        } catch (FootholdException e) {
                            assertThat(e).hasMessageContaining("duplicate provider name");
                        }
                    }
                    return true;
                });
            }
            scope.awaitAll();
        }
        assertThat(won).hasValue(200);
        assertThat(registry.names()).hasSize(200).isSorted();
        IntStream.range(0, 200).forEach(round -> registry.provider("name-" + round));
    }

    @Test
    void whatWasFoundOnTheClassPathIsOnlyRefusedUnderTheWordThatSeveralAnswerTo() {
        ProviderFactory first = factory("first", "both", "one");
        ProviderFactory second = factory("second", "both");
        ProviderRegistry found = ProviderRegistry.of(List.of(first, second));

        assertThat(found.provider("first")).isSameAs(first);
        assertThat(found.provider("one")).isSameAs(first);
        assertThat(found.provider("second")).isSameAs(second);
        assertThatThrownBy(() -> found.provider("both"))
                .isInstanceOf(FootholdException.class)
                .isNotInstanceOf(UnknownProviderException.class)
                .hasMessageContainingAll("more than one provider", "\"first\"", "\"second\"", "class path");
        assertThat(found.names()).containsExactly("first", "second");
    }

    @Test
    void unregisteringSaysWhetherThereWasOne() {
        registry.register(factory("acme", "a"));

        assertThat(registry.unregister("a")).isFalse();
        assertThat(registry.unregister("acme")).isTrue();
        assertThat(registry.unregister("acme")).isFalse();
    }

    @Test
    void aFootholdOpensTheProvidersOfItsRegistry() {
        registry.register(factory("acme", "a"));
        Foothold foothold = Foothold.with(new MemoryStateStore()).withProviders(registry);

        assertThatThrownBy(() -> foothold.open("acne", "prod", Map.of()))
                .isInstanceOf(UnknownProviderException.class)
                .hasMessageContaining("did you mean \"acme\"?");
        assertThatThrownBy(() -> foothold.open("a", "prod", Map.of())).hasMessageContaining("acme is not opened here");
    }

    @Test
    void aNegativeCallBudgetIsRefused() {
        Foothold foothold = Foothold.with(new MemoryStateStore());

        assertThatThrownBy(() -> foothold.withCallBudget(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    /** A provider that has a name and no more; what a registry does not ask for is not answered. */
    private static ProviderFactory factory(String name, String... aliases) {
        return (ProviderFactory) Proxy.newProxyInstance(
                ProviderRegistryTest.class.getClassLoader(),
                new Class<?>[] {ProviderFactory.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "name" -> name;
                    case "aliases" -> List.of(aliases);
                    default -> throw new UnsupportedOperationException(name + " is not opened here: " + method);
                });
    }
}
