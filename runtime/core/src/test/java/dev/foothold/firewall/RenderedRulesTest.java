package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.network.AddressType;
import dev.foothold.network.IngressRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written for nftables and iptables, and what is read of them. */
class RenderedRulesTest {

    private static final FirewallRules RULES = FirewallRules.none()
            .dropAll(List.of(22), null)
            .open(IngressRules.parse("80-90/tcp from 10.1.2.3/8,2001:db8::/32", "icmp from 192.0.2.0/24"), null);

    @Test
    @Tag("D-34")
    void whatIsOpenComesBeforeWhatIsClosed() {
        String nft = NftRules.transaction(RULES);

        assertThat(nft.indexOf("tcp dport 22 accept")).isPositive().isLessThan(nft.indexOf("ct state new drop"));
        assertThat(nft).startsWith("add table inet foothold\ndelete table inet foothold\n");
    }

    @Test
    @Tag("D-37")
    void eachFamilyGetsItsOwnSources() {
        IptablesSave nothing = IptablesSave.parse("");
        String v4 = IptablesRules.transaction(nothing, RULES, AddressType.IPV4);
        String v6 = IptablesRules.transaction(nothing, RULES, AddressType.IPV6);

        assertThat(v4).contains("-s 10.0.0.0/8 ", "--icmp-type 8").doesNotContain(":db8:", "::/0");
        assertThat(v6).contains("-s 2001:db8::/32 ").doesNotContain("10.0.0.0", "192.0.2.0", "0.0.0.0");
        assertThat(FirewallRules.none()
                        .open(IngressRules.parse("80/tcp from ::/0"), null)
                        .openings())
                .allMatch(opening -> opening.family() == AddressType.IPV6);
    }

    @Test
    @Tag("D-36")
    void everySourceHasARuleOfItsOwn() {
        FirewallRules rules = FirewallRules.none().open(IngressRules.parse("80/tcp from 10.0.0.0/8,11.0.0.0/8"), null);

        assertThat(IptablesRules.transaction(IptablesSave.parse(""), rules, AddressType.IPV4))
                .contains("-s 10.0.0.0/8 -p tcp", "-s 11.0.0.0/8 -p tcp")
                .doesNotContain(",");
    }

    @Test
    void aStrangersRuleAmongOursIsNamedNotReplaced() {
        assertThatThrownBy(() -> NftRules.parse("""
                        {"nftables": [{"rule": {"family": "inet", "table": "foothold", "chain": "input", "handle": 2,
                          "expr": [{"limit": {"rate": 5}}, {"accept": null}]}}]}
                        """))
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("limit")
                .hasMessageContaining("a table of its own");
        assertThatThrownBy(() -> IptablesRules.parse(IptablesSave.parse("""
                                :FOOTHOLD - [0:0]
                                -A INPUT -m comment --comment "foothold internal" -j FOOTHOLD
                                -A FOOTHOLD -p tcp -m tcp --dport 81 -j ACCEPT
                                """), null))
                .isInstanceOf(FirewallException.class)
                .hasMessageContaining("--dport 81")
                .hasMessageContaining("a chain of its own");
    }

    @Test
    void whatTheOriginalHasLeftIsUnderstood() {
        IptablesSave save = IptablesSave.parse("""
                *filter
                :INPUT ACCEPT
                -A INPUT -s 192.168.0.0/16 -d 10.0.0.5/32 -p tcp -m multiport --dports 100:200 -m comment --comment "juju ingress" -j ACCEPT
                -A INPUT -p icmp -m icmp --icmp-type 8 -m comment --comment "juju ingress" -j ACCEPT
                -A INPUT -d 10.0.0.5/32 -p tcp -m comment --comment "juju internal" -m tcp --dport 22 -j ACCEPT
                -A INPUT -s 10.9.9.9/32 -j REJECT --reject-with icmp-port-unreachable
                -A INPUT -d 10.0.0.5/32 -m state --state NEW -m comment --comment "juju internal" -j DROP
                -A INPUT -d 10.0.0.5/32 -p tcp -m tcp --dport 99 -m comment --comment "juju ingress" -j ACCEPT
                COMMIT
                """);
        List<String> skipped = new ArrayList<>();

        FirewallRules rules = IptablesRules.original(save, skipped);

        assertThat(rules.closings()).extracting(Closing::toString).containsExactly("everything else to 10.0.0.5");
        assertThat(rules.openings())
                .extracting(Opening::toString)
                .containsExactly(
                        "22/tcp from 0.0.0.0/0 to 10.0.0.5 (internal)",
                        "icmp from 0.0.0.0/0",
                        "100-200/tcp from 192.168.0.0/16 to 10.0.0.5");
        assertThat(skipped)
                .as("below the DROP it says nothing")
                .singleElement()
                .asString()
                .contains("--dport 99");
        assertThat(IptablesRules.transaction(save, rules, AddressType.IPV4)
                        .lines()
                        .filter(line -> line.startsWith("-D")))
                .hasSize(5);
        assertThat(IptablesRules.undo(save, rules).lines().filter(line -> line.startsWith("-I INPUT")))
                .extracting(line -> line.split(" ")[2])
                .containsExactly("1", "2", "3", "5", "6");
    }
}
