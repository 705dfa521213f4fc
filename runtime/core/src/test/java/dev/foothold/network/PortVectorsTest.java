package dev.foothold.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ranges of ports against recorded answers. A range that is not valid cannot be made, so it has no text or length. */
class PortVectorsTest {

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|-?[0-9]+-+[0-9]+(/[a-z]+)?|icmp");

    @TestFactory
    @Tag("D-59")
    Stream<DynamicTest> parsing() {
        return Vectors.file("port_range_parse").tests(vector -> {
            String text = vector.get("text").asText();
            JsonNode expect = vector.get("expect");
            if (expect.hasNonNull("value")) {
                assertThat(PortRange.parse(text)).isEqualTo(VectorRules.range(expect.get("value")));
            } else {
                refused(expect, () -> PortRange.parse(text));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> validation() {
        return Vectors.file("port_range_validate").tests(vector -> {
            JsonNode expect = vector.get("expect");
            if (expect.hasNonNull("error")) {
                refused(expect, () -> VectorRules.range(vector.get("range")));
            } else {
                PortRange range = VectorRules.range(vector.get("range"));
                assertThat(range).hasToString(expect.get("text").asText());
                assertThat(range.length()).isEqualTo(expect.get("length").asInt());
            }
        });
    }

    @TestFactory
    @Tag("D-60")
    Stream<DynamicTest> operations() {
        return Vectors.file("port_range_ops").tests(PortVectorsTest::checkOperation);
    }

    private static void checkOperation(VectorCase vector) {
        switch (vector.get("op").asText()) {
            case "sanitize" -> {
                JsonNode range = vector.get("range");
                assertThat(PortRange.clamped(
                                range.get("from").asInt(), range.get("to").asInt(), VectorRules.protocol(range)))
                        .isEqualTo(VectorRules.range(vector.expect("value")));
            }
            case "conflicts" -> {
                PortRange a = VectorRules.range(vector.get("a"));
                PortRange b = VectorRules.range(vector.get("b"));
                assertThat(a.conflictsWith(b))
                        .isEqualTo(vector.expect("conflicts").asBoolean());
                assertThat(b.conflictsWith(a))
                        .isEqualTo(vector.expect("conflicts").asBoolean());
            }
            case "combine" ->
                assertThat(PortRange.combine(VectorRules.ranges(vector.get("ranges"))))
                        .isEqualTo(VectorRules.ranges(vector.expect("ranges")));
            case "sort" ->
                assertThat(VectorRules.ranges(vector.get("ranges")).stream().sorted())
                        .isEqualTo(VectorRules.ranges(vector.expect("ranges")));
            case "unique" ->
                assertThat(List.copyOf(new LinkedHashSet<>(VectorRules.ranges(vector.get("ranges")))))
                        .isEqualTo(VectorRules.ranges(vector.expect("ranges")));
            default -> throw new AssertionError(vector + " has an op of its own");
        }
    }

    /** The words differ; what was wrong is named all the same. */
    static void refused(JsonNode expect, ThrowingCallable call) {
        String recorded = expect.hasNonNull("error")
                ? expect.get("error").asText()
                : expect.get("error_prefix").asText();
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).satisfies(thrown -> {
            Matcher named = QUOTED.matcher(recorded.replaceAll(", expected.*", ""));
            assertThat(named.find()).as(recorded).isTrue();
            assertThat(thrown.getMessage()).contains(named.group());
        });
    }

    @Test
    @Tag("D-59")
    void aProtocolIsTheSameInUpperAndInLowerCase() {
        assertThat(PortRange.parse("80/TCP"))
                .isEqualTo(PortRange.parse("80/tcp"))
                .isEqualByComparingTo(PortRange.tcp(80));
    }

    @Test
    @Tag("D-60")
    void overlappingRangesBecomeOne() {
        assertThat(PortRange.combine(List.of(PortRange.tcp(80, 90), PortRange.tcp(85, 95), PortRange.tcp(10, 99))))
                .containsExactly(PortRange.tcp(10, 99));
    }

    @Test
    void portsThatThereAreNotAreNamed() {
        assertThatThrownBy(() -> PortRange.tcp(0))
                .hasMessageContaining("0-0/tcp")
                .hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> PortRange.tcp(65536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> PortRange.parse("90-80"))
                .hasMessageContaining("90-80/tcp")
                .hasMessageContaining("reversed");
        assertThatThrownBy(() -> PortRange.parse("99999999999999999999/tcp")).hasMessageContaining("invalid port");
        assertThatThrownBy(() -> Protocol.parse("sctp"))
                .hasMessageContaining("\"sctp\"")
                .hasMessageContaining("udp");
    }

    @Test
    void everythingCoversAllOfEveryProtocol() {
        PortRange any = PortRange.all(Protocol.ANY);
        for (Protocol protocol : Protocol.values()) {
            assertThat(any.covers(PortRange.all(protocol))).isTrue();
        }
        assertThat(PortRange.tcp(80, 90).covers(PortRange.tcp(85))).isTrue();
        assertThat(PortRange.tcp(80, 90).covers(PortRange.udp(85))).isFalse();
        assertThat(PortRange.tcp(80, 90).covers(PortRange.tcp(85, 91))).isFalse();
        assertThat(PortRange.all(Protocol.ICMP).covers(PortRange.all(Protocol.ICMPV6)))
                .isTrue();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (Protocol protocol : Protocol.values()) {
            PortRange all = PortRange.all(protocol);
            assertThat(PortRange.parse(all.toString())).isEqualTo(all);
        }
        assertThat(Collections.max(List.of(PortRange.tcp(9), PortRange.udp(1)))).isEqualTo(PortRange.udp(1));
    }
}
