package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.network.IngressRule;
import dev.foothold.network.VectorRules;
import dev.foothold.testing.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code iptables -L INPUT -n} prints, against recorded answers. */
class IptablesListingVectorsTest {

    @TestFactory
    @Tag("D-38")
    @Tag("D-39")
    @Tag("D-40")
    @Tag("D-41")
    @Tag("D-42")
    Stream<DynamicTest> listings() {
        return Vectors.file("iptables_parse").tests(vector -> {
            IptablesListing listing = IptablesListing.parse(vector.get("text").asText());

            assertThat(listing.rules().asList())
                    .isEqualTo(VectorRules.rules(vector.expect("rules")).asList());
            assertThat(listing.rules().merged().asList())
                    .isEqualTo(VectorRules.rules(vector.expect("merged")).asList());
        });
    }

    private static String read(String columns, String options) {
        return IptablesListing.parse("ACCEPT " + columns + " 0.0.0.0/0 " + options + " /* juju ingress */")
                .rules()
                .toString();
    }

    @Test
    @Tag("D-38")
    void onlyEchoRequestsAreWhatWasOpened() {
        assertThat(read("icmp -- 10.0.0.0/8", "icmptype 8")).isEqualTo("icmp from 10.0.0.0/8");
        assertThat(read("icmp -- 10.0.0.0/8", "icmptype 3")).isEmpty();
        assertThat(read("icmp -- 10.0.0.0/8", "")).isEmpty();
    }

    @Test
    @Tag("D-39")
    void rulesOfTheSamePortsAreOneForAllTheirSources() {
        String lines = "ACCEPT tcp -- 10.0.0.0/8 0.0.0.0/0 tcp dpt:443 /* juju ingress */\n"
                + "ACCEPT tcp -- 192.168.0.0/16 0.0.0.0/0 tcp dpt:443 /* juju ingress */\n";

        assertThat(IptablesListing.parse(lines).rules().merged().asList())
                .containsExactly(IngressRule.parse("443/tcp from 10.0.0.0/8,192.168.0.0/16"));
    }

    @Test
    @Tag("D-40")
    void aSourceWithoutAMaskIsASingleAddress() {
        assertThat(read("tcp -- 1.2.3.4", "tcp dpt:22")).isEqualTo("22/tcp from 1.2.3.4/32");
    }

    @Test
    @Tag("D-41")
    void protocolsMayBeNumbers() {
        assertThat(read("6 -- 10.0.0.0/8", "tcp dpt:22")).isEqualTo("22/tcp from 10.0.0.0/8");
        assertThat(read("17 -- 10.0.0.0/8", "udp dpt:53")).isEqualTo("53/udp from 10.0.0.0/8");
        assertThat(read("1 -- 10.0.0.0/8", "icmptype 8")).isEqualTo("icmp from 10.0.0.0/8");
    }

    @Test
    @Tag("D-42")
    void aRangeNeedsNoMultiport() {
        assertThat(read("tcp -- 10.0.0.0/8", "tcp dpts:100:200")).isEqualTo("100-200/tcp from 10.0.0.0/8");
    }

    @Test
    void linesThatAreMarkedAndNotUnderstoodAreTold() {
        IptablesListing listing = IptablesListing.parse("Chain INPUT (policy ACCEPT)\n"
                + "ACCEPT tcp -- 0.0.0.0/0 0.0.0.0/0 tcp dpt:http /* juju ingress */\n"
                + "ACCEPT tcp -- 0.0.0.0/0 0.0.0.0/0 tcp dpt:80 /* foothold ingress */\n"
                + "ACCEPT tcp -- 0.0.0.0/0 0.0.0.0/0 tcp dpt:81 /* somebody's */\n");

        assertThat(listing.rules()).hasToString("80/tcp");
        assertThat(listing.skipped()).singleElement().asString().contains("dpt:http");
    }
}
