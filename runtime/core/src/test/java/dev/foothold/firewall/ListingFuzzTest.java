package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.network.AddressType;
import dev.foothold.network.IngressRules;
import dev.foothold.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Listings of hostile machines: whatever they say, it is understood or refused in our own words. */
class ListingFuzzTest {

    private static final FirewallRules RULES = FirewallRules.none()
            .dropAll(List.of(22), null)
            .closeAll(new Closing(null, "eth1"))
            .open(
                    IngressRules.parse(
                            "80-90/tcp from 10.0.0.0/8,2001:db8::/32", "icmp", "53/udp", "any from fd00::/8"),
                    null);

    private static final String NFT = """
            {"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}},
            {"table": {"family": "inet", "name": "foothold", "handle": 1}},
            {"chain": {"family": "inet", "table": "foothold", "name": "input", "hook": "input", "policy": "drop"}},
            {"rule": {"comment": "foothold ingress", "expr": [{"match": {"op": "==", "left": {"payload":
            {"protocol": "ip", "field": "saddr"}}, "right": {"prefix": {"addr": "10.0.0.0", "len": 8}}}},
            {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}},
            "right": {"range": [80, 90]}}}, {"accept": null}]}},
            {"rule": {"comment": "foothold internal", "expr": [{"match": {"op": "==", "left": {"meta": {"key": "nfproto"}},
            "right": "ipv6"}}, {"match": {"op": "==", "left": {"payload": {"protocol": "icmpv6", "field": "type"}},
            "right": "echo-request"}}, {"accept": null}]}},
            {"rule": {"comment": "foothold internal", "expr": [{"match": {"op": "==", "left": {"meta": {"key": "iifname"}},
            "right": "eth1"}}, {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": "new"}}, {"drop": null}]}}]}
            """;

    private static final String SAVE = "*filter\n:INPUT ACCEPT\n:FOOTHOLD -\n"
            + "-A INPUT -m comment --comment \"foothold internal\" -j FOOTHOLD\n"
            + "-A INPUT -s 1.2.3.4/32 -p tcp -m multiport --dports 1:9 -m comment --comment \"juju ingress\" -j ACCEPT\n"
            + IptablesRules.transaction(IptablesSave.parse(""), RULES, AddressType.IPV4);

    private static final String LISTING = "Chain INPUT (policy ACCEPT)\n"
            + "ACCEPT     6    --  10.0.0.0/8           0.0.0.0/0            tcp dpts:100:200 /* juju ingress */\n"
            + "ACCEPT     17   --  1.2.3.4              0.0.0.0/0            multiport dports 5:6 /* juju ingress */\n"
            + "ACCEPT     icmp --  0.0.0.0/0            0.0.0.0/0            icmptype 8 /* juju ingress */\n";

    private static final String ANSWER = "#foothold root\n#foothold connection 10.0.0.1 4711 10.0.0.5 22\n"
            + "#foothold arrival eth0\n#foothold chains\n" + NFT
            + "#foothold backend nft\n#foothold digest 1234\n#foothold v4\n"
            + NFT + "#foothold end\n";

    @Test
    void nft() {
        assertThat(NftRules.parse(NFT).openings()).hasSize(2);
        each(NFT, text -> {
            NftRules.parse(text);
            NftRules.refusingChains(text);
        });
    }

    @Test
    void iptablesSave() {
        assertThat(IptablesRules.parse(IptablesSave.parse(SAVE), null).openings())
                .isNotEmpty();
        each(SAVE, text -> {
            IptablesSave save = IptablesSave.parse(text);
            IptablesRules.original(save, new ArrayList<>());
            IptablesRules.undo(save, RULES);
            IptablesRules.parse(save, save);
        });
    }

    @Test
    void iptablesList() {
        assertThat(IptablesListing.parse(LISTING).rules().asList()).hasSize(3);
        each(LISTING, IptablesListing::parse);
    }

    @Test
    void answers() {
        each(ANSWER, text -> {
            Reading reading = new Reading(Answer.parse(text));
            reading.cutsOff(RULES);
            reading.refusing();
            new FirewallPlan(reading, RULES).describe();
        });
    }

    private static void each(String text, Consumer<String> parser) {
        Seeds.forEach(2_000, seed -> check(text, seed, parser));
        long end = System.nanoTime() + Long.getLong("fuzz.minutes", 0) * 60_000_000_000L;
        for (long seed = System.nanoTime(); System.nanoTime() < end; seed++) {
            check(text, seed, parser);
        }
    }

    private static void check(String text, long seed, Consumer<String> parser) {
        String mutated = mutate(text, new Random(seed));
        try {
            parser.accept(mutated);
        } catch (FirewallException e) {
            assertThat(e.getMessage()).isNotEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("not refused in our own words: " + mutated, e);
        }
    }

    private static String mutate(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !out.isEmpty(); i--) {
            int at = random.nextInt(out.length());
            int end = Math.min(out.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> out.delete(at, end);
                case 1 -> out.insert(at, out.substring(at, end));
                case 2 ->
                    out.setCharAt(at, (char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
                case 3 ->
                    out.insert(
                            at,
                            List.of("99999999999", "-1", "null", "[", "{\"x\":", "\"", "/33", "::", "!")
                                    .get(random.nextInt(9)));
                case 4 -> out.setLength(at);
                default -> {
                    int from = random.nextInt(out.length());
                    out.insert(at, out.substring(from, Math.min(out.length(), from + random.nextInt(60))));
                }
            }
        }
        return out.toString();
    }
}
