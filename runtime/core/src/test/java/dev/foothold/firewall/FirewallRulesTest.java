package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.network.Cidr;
import dev.foothold.network.IngressRules;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a firewall lets through, as a value. */
class FirewallRulesTest {

    private static final Cidr HOST = Cidr.host("10.0.0.5");
    private static final Cidr HOST6 = Cidr.host("fd00::5");
    private static final Cidr CLIENT = Cidr.host("192.0.2.1");

    @Test
    void aRuleForEverybodyIsForBothFamilies() {
        assertThat(FirewallRules.none().open(IngressRules.parse("80/tcp"), null).openings())
                .extracting(Opening::toString)
                .containsExactly("80/tcp from 0.0.0.0/0", "80/tcp from ::/0");
    }

    @Test
    void atOneAddressItIsForTheFamilyOfTheAddress() {
        assertThat(FirewallRules.none()
                        .open(IngressRules.parse("80/tcp", "icmp"), HOST6)
                        .openings())
                .extracting(Opening::toString)
                .containsExactly("icmp from ::/0 to fd00::5", "80/tcp from ::/0 to fd00::5");
    }

    @Test
    @Tag("D-37")
    void aSourceOfAnotherFamilyThanTheAddressIsRefused() {
        assertThatThrownBy(() -> FirewallRules.none().open(IngressRules.parse("80/tcp from 2001:db8::/32"), HOST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("80/tcp from 2001:db8::/32 to 10.0.0.5")
                .hasMessageContaining("mixes IPv4 and IPv6");
    }

    @Test
    void closingWhatIsNotOpenChangesNothing() {
        FirewallRules rules = FirewallRules.none().open(IngressRules.parse("80/tcp"), null);

        assertThat(rules.close(IngressRules.parse("81/tcp"), null)).isEqualTo(rules);
        assertThat(rules.close(IngressRules.parse("80/tcp"), HOST)).isEqualTo(rules);
        assertThat(rules.close(IngressRules.parse("80/tcp"), null)).isEqualTo(FirewallRules.none());
    }

    @Test
    @Tag("D-34")
    void closingEverythingTwiceIsTheSameAsOnce() {
        FirewallRules once = FirewallRules.none().dropAll(List.of(22, 17070), HOST);

        assertThat(once.dropAll(List.of(22, 17070), HOST)).isEqualTo(once);
    }

    @Test
    void everythingButSomePortsIsClosedWhateverWasOpen() {
        FirewallRules rules = FirewallRules.none()
                .open(IngressRules.parse("80/tcp"), null)
                .open(IngressRules.parse("81/tcp"), HOST)
                .open(IngressRules.parse("82/tcp"), Cidr.host("10.0.0.6"))
                .dropAll(List.of(22), HOST);

        assertThat(rules.admit(PortRange.tcp(22), CLIENT, HOST, "eth0")).isTrue();
        assertThat(rules.admit(PortRange.tcp(80), CLIENT, HOST, "eth0")).isFalse();
        assertThat(rules.admit(PortRange.tcp(81), CLIENT, HOST, "eth0")).isFalse();
        assertThat(rules.ingress()).isEqualTo(IngressRules.parse("82/tcp from 0.0.0.0/0"));
        assertThat(rules.admit(PortRange.tcp(80), CLIENT, Cidr.host("10.0.0.6"), "eth0"))
                .isTrue();
    }

    @Test
    void aClosedInterfaceClosesOnlyWhatComesInThere() {
        FirewallRules rules = FirewallRules.none().closeAll(new Closing(null, "eth1"));

        assertThat(rules.admit(PortRange.tcp(22), CLIENT, HOST, "eth0")).isTrue();
        assertThat(rules.admit(PortRange.tcp(22), CLIENT, HOST, "eth1")).isFalse();
        assertThat(rules.admit(PortRange.tcp(22), CLIENT, HOST, null)).isFalse();
    }

    @Test
    @Tag("D-36")
    void openingMoreThanThereIsAddsOnlyWhatIsMissing() {
        FirewallRules some = FirewallRules.none().open(IngressRules.parse("443/tcp from 10.0.0.0/8"), null);
        FirewallRules more = some.open(IngressRules.parse("443/tcp from 10.0.0.0/8,192.168.0.0/16"), null);

        assertThat(more.openings()).hasSize(2).containsAll(some.openings());
    }

    @Test
    @Tag("D-43")
    void anotherSpellingOfANetworkIsTheSameOpening() {
        FirewallRules rules = FirewallRules.none().open(IngressRules.parse("443/tcp from 10.0.0.0/8"), null);

        assertThat(rules.open(IngressRules.parse("443/tcp from 10.1.2.3/8"), null))
                .isEqualTo(rules);
        assertThat(rules.close(IngressRules.parse("443/tcp from 10.9.9.9/8"), null))
                .isEqualTo(FirewallRules.none());
    }

    @Test
    void echoRequestsOfIpv6AreThoseWithAnIpv6Source() {
        assertThat(FirewallRules.none().open(IngressRules.parse("icmpv6"), null))
                .isEqualTo(FirewallRules.none().open(IngressRules.parse("icmp from ::/0"), null));
    }

    @Test
    void whatHasNoPortsIsRefusedOne() {
        assertThatThrownBy(() -> new PortRange(22, 22, Protocol.ANY)).hasMessageContaining("\"any\" has no ports");
        assertThatThrownBy(() -> FirewallRules.none().dropAll(List.of(0), null)).hasMessageContaining("0-0/tcp");
        assertThatThrownBy(() -> new Closing(null, "eth1; reboot")).hasMessageContaining("\"eth1; reboot\"");
    }
}
