package dev.foothold.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ingress rules against recorded answers. */
class IngressVectorsTest {

    @TestFactory
    Stream<DynamicTest> validation() {
        return Vectors.file("ingress_rule_validate").tests(vector -> {
            JsonNode expect = vector.get("expect");
            if (!expect.hasNonNull("error")) {
                assertThat(VectorRules.rule(vector.get("rule")))
                        .hasToString(expect.get("text").asText());
                return;
            }
            String error = expect.get("error").asText();
            String cidr = "invalid CIDR address: ";
            if (error.startsWith(cidr)) {
                assertThatThrownBy(() -> VectorRules.rule(vector.get("rule")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("\"" + error.substring(cidr.length()) + "\"");
            } else {
                PortVectorsTest.refused(expect, () -> VectorRules.rule(vector.get("rule")));
            }
        });
    }

    @TestFactory
    @Tag("D-43")
    @Tag("D-61")
    @Tag("D-62")
    Stream<DynamicTest> operations() {
        return Vectors.file("ingress_rule_ops").tests(IngressVectorsTest::checkOperation);
    }

    private static void checkOperation(VectorCase vector) {
        switch (vector.get("op").asText()) {
            case "equal" -> {
                IngressRule a = VectorRules.rule(vector.get("a"));
                IngressRule b = VectorRules.rule(vector.get("b"));
                assertThat(a.equals(b)).isEqualTo(vector.expect("equal").asBoolean());
                assertThat(a.compareTo(b) < 0)
                        .isEqualTo(vector.expect("a_before_b").asBoolean());
            }
            case "sort" ->
                assertThat(VectorRules.rules(vector.get("rules")).sorted().asList())
                        .isEqualTo(VectorRules.rules(vector.expect("rules")).asList());
            case "lists_equal" ->
                assertThat(VectorRules.rules(vector.get("a")).equals(VectorRules.rules(vector.get("b"))))
                        .isEqualTo(vector.expect("equal").asBoolean());
            case "unique" ->
                assertThat(VectorRules.rules(vector.get("rules")).unique().asList())
                        .isEqualTo(VectorRules.rules(vector.expect("rules")).asList());
            case "diff" -> {
                IngressDifference difference =
                        VectorRules.rules(vector.get("current")).differenceTo(VectorRules.rules(vector.get("target")));
                assertThat(difference.open().asList())
                        .isEqualTo(VectorRules.rules(vector.expect("open")).asList());
                assertThat(difference.close().asList())
                        .isEqualTo(VectorRules.rules(vector.expect("close")).asList());
            }
            case "remove_family" ->
                assertThat(VectorRules.rules(vector.get("rules"))
                                .without(
                                        "ipv6".equals(vector.get("family").asText())
                                                ? AddressType.IPV6
                                                : AddressType.IPV4)
                                .asList())
                        .isEqualTo(VectorRules.rules(vector.expect("rules")).asList());
            default -> throw new AssertionError(vector + " has an op of its own");
        }
    }

    @Test
    @Tag("D-43")
    void networksAreComparedNotTheirTexts() {
        Cidr written = Cidr.parse("10.1.2.3/8");

        assertThat(written).isEqualTo(Cidr.parse("10.0.0.0/8")).hasToString("10.1.2.3/8");
        assertThat(written.networkText()).isEqualTo("10.0.0.0/8");
        assertThat(Cidr.parse("2001:DB8:0::/32")).isEqualTo(Cidr.parse("2001:db8::/32"));
        assertThat(Cidr.parse("::ffff:10.0.0.0/104")).isNotEqualTo(Cidr.parse("10.0.0.0/8"));
    }

    @Test
    @Tag("D-61")
    void comparingChangesNothingOfTheCallers() {
        IngressRule https = IngressRule.parse("443/tcp");
        IngressRule http = IngressRule.parse("80/tcp");
        List<IngressRule> mine = new ArrayList<>(List.of(https, http, IngressRule.parse("22/tcp")));
        List<IngressRule> copy = List.copyOf(mine);
        IngressRules rules = IngressRules.of(mine);

        assertThat(rules.equals(rules.sorted())).isTrue();
        assertThat(mine).isEqualTo(copy);
        assertThat(rules.asList()).isEqualTo(copy);
    }

    @Test
    @Tag("D-62")
    void aRuleForEverybodyIsNarrowedToTheOtherFamily() {
        IngressRules rules = IngressRules.parse("80/tcp");

        assertThat(rules.without(AddressType.IPV6))
                .isEqualTo(IngressRules.of(IngressRule.of(PortRange.tcp(80), Cidr.ALL_IPV4)));
        assertThat(rules.without(AddressType.IPV4))
                .isEqualTo(IngressRules.of(IngressRule.of(PortRange.tcp(80), Cidr.ALL_IPV6)));
    }

    @Test
    void addressesAreShownInOneWayOnly() {
        assertThat(Cidr.parse("2001:0db8:0000:0000:0001:0000:0000:0001/128").networkText())
                .isEqualTo("2001:db8::1:0:0:1/128");
        assertThat(Cidr.parse("1:0:2:3:4:5:6:7/128").networkText()).isEqualTo("1:0:2:3:4:5:6:7/128");
        assertThat(Cidr.parse("::1/128").networkText()).isEqualTo("::1/128");
        assertThat(Cidr.parse("fe80::/10").networkText()).isEqualTo("fe80::/10");
        assertThat(Cidr.parse("fe80::1:2/127").networkText()).isEqualTo("fe80::1:2/127");
        for (String wrong : List.of(
                ":::/1",
                "1::2::3/64",
                "1:2:3/64",
                "::%eth0/64",
                "1:2:3:4:5:6:7:8:9/64",
                "g::/8",
                "1.2.3.4::/8",
                "10.0.0.0/08",
                "10.0.0.0/",
                "/8",
                "",
                "10.0.0.0/8\n")) {
            assertThatThrownBy(() -> Cidr.parse(wrong)).as(wrong).hasMessageContaining("invalid CIDR address");
        }
    }

    @Test
    void familiesAreNotMixed() {
        assertThatThrownBy(() -> IngressRule.parse("icmpv6 from 10.0.0.0/8"))
                .hasMessageContaining("icmpv6 from 10.0.0.0/8")
                .hasMessageContaining("mixes");
        assertThat(IngressRules.parse("icmpv6").without(AddressType.IPV6)).isEqualTo(IngressRules.none());
    }

    @Test
    void rulesTogetherCoverWhatNoneDoesAlone() {
        IngressRules rules = IngressRules.parse("80-85/tcp from 10.0.0.0/8", "86-90/tcp", "icmp from ::/0");

        assertThat(rules.cover(IngressRule.parse("82-88/tcp from 10.1.0.0/16"))).isTrue();
        assertThat(rules.cover(IngressRule.parse("82-88/tcp from 11.0.0.0/16"))).isFalse();
        assertThat(rules.cover(IngressRule.parse("86/tcp"))).isTrue();
        assertThat(rules.cover(IngressRule.parse("80/tcp"))).isFalse();
        assertThat(rules.cover(IngressRule.parse("icmpv6"))).isTrue();
        assertThat(rules.cover(IngressRule.parse("icmp"))).isFalse();
    }

    @Test
    void aMistakeNamesItsRule() {
        assertThatThrownBy(() -> IngressRules.parse("22/tcp", "80/tcp from 10.0.0.0/33"))
                .hasMessageContaining("80/tcp from 10.0.0.0/33")
                .hasMessageContaining("\"10.0.0.0/33\"");
    }
}
