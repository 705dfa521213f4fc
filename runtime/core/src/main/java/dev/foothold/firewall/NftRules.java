package dev.foothold.firewall;

import dev.foothold.internal.json.JsonException;
import dev.foothold.internal.json.JsonReader;
import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Foothold's rules as a table of nftables of their own. It is replaced as a whole, in one transaction, for both families;
 * every other table stays as it is.
 */
final class NftRules {

    static final String TABLE = "foothold";
    static final String CHAIN = "input";

    /** Marks what comes with every closing: traffic of the machine with itself, and its lease of an IPv6 address. */
    static final String ALWAYS = "foothold always";

    private NftRules() {}

    /** Renders the transaction after which the rules are the ones that count; {@code nft -f} reads it. */
    static String transaction(FirewallRules rules) {
        StringBuilder text = new StringBuilder();
        // Adding it first makes sure that there is one to delete.
        text.append("add table inet ").append(TABLE).append('\n');
        text.append("delete table inet ").append(TABLE).append('\n');
        if (rules.isEmpty()) {
            return text.toString();
        }
        text.append("table inet ").append(TABLE).append(" {\n");
        text.append("\tchain ").append(CHAIN).append(" {\n");
        text.append("\t\ttype filter hook input priority 0; policy accept;\n");
        if (!rules.closings().isEmpty()) {
            rule(text, "iifname \"lo\"", "accept", ALWAYS);
            rule(text, "ip6 saddr fe80::/10 udp sport 547 udp dport 546", "accept", ALWAYS);
        }
        for (Opening opening : rules.openings()) {
            rule(text, matches(opening), "accept", opening.purpose().comment());
        }
        for (Closing closing : rules.closings()) {
            String address = closing.at()
                    .map(at -> ip(at.family()) + " daddr " + at.networkText() + " ")
                    .orElse("");
            String at = closing.networkInterface() == null ? "" : "iifname \"" + closing.networkInterface() + "\" ";
            rule(text, address + at + "ct state new", "drop", Purpose.INTERNAL.comment());
        }
        return text.append("\t}\n}\n").toString();
    }

    private static void rule(StringBuilder text, String matches, String verdict, String comment) {
        text.append("\t\t")
                .append(matches)
                .append(' ')
                .append(verdict)
                .append(" comment \"")
                .append(comment);
        text.append("\"\n");
    }

    private static String matches(Opening opening) {
        String ip = ip(opening.family());
        String source = opening.source().isAll()
                ? "meta nfproto " + (opening.family() == AddressType.IPV4 ? "ipv4" : "ipv6")
                : ip + " saddr " + opening.source().networkText();
        String destination =
                opening.at().map(at -> " " + ip + " daddr " + at.networkText()).orElse("");
        PortRange ports = opening.ports();
        String what = switch (ports.protocol()) {
            case TCP, UDP ->
                " " + ports.protocol() + " dport "
                        + (ports.length() == 1 ? String.valueOf(ports.from()) : ports.from() + "-" + ports.to());
            case ICMP, ICMPV6 -> (opening.family() == AddressType.IPV4 ? " icmp" : " icmpv6") + " type echo-request";
            case ANY -> "";
        };
        return source + destination + what;
    }

    private static String ip(AddressType family) {
        return family == AddressType.IPV4 ? "ip" : "ip6";
    }

    /**
     * Reads what {@code nft -j list table inet foothold} writes.
     *
     * @throws FirewallException if it is not that, or a rule in the table is not one that could be written here
     */
    static FirewallRules parse(String json) {
        List<Closing> closings = new ArrayList<>();
        List<Opening> openings = new ArrayList<>();
        for (Map<?, ?> object : objects(json)) {
            if (object.get("rule") instanceof Map<?, ?> rule) {
                new NftRule(rule).addTo(openings, closings);
            } else if (!object.containsKey("metainfo")
                    && !object.containsKey("table")
                    && !object.containsKey("chain")) {
                throw new FirewallException("there is something in the table inet " + TABLE
                        + " that Foothold did not make: " + shortened(object) + "; move it to a table of its own");
            }
        }
        return new FirewallRules(closings, openings);
    }

    /** Names the chains of others that refuse what no rule of theirs admits, whatever Foothold's rules say. */
    static List<String> refusingChains(String json) {
        List<String> names = new ArrayList<>();
        for (Map<?, ?> object : objects(json)) {
            if (object.get("chain") instanceof Map<?, ?> chain
                    && "input".equals(chain.get("hook"))
                    && "drop".equals(chain.get("policy"))) {
                names.add("chain " + shortened(chain.get("name")) + " of table " + shortened(chain.get("family")) + " "
                        + shortened(chain.get("table")));
            }
        }
        return names;
    }

    private static List<Map<?, ?>> objects(String json) {
        Object document;
        try {
            document = JsonReader.parse(json);
        } catch (JsonException e) {
            throw new FirewallException(null, "", json, "nft's listing is not JSON: " + e.getMessage(), e);
        }
        if (!(document instanceof Map<?, ?> map && map.get("nftables") instanceof List<?> list)) {
            throw new FirewallException("nft's listing has no list \"nftables\"");
        }
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object object : list) {
            if (!(object instanceof Map<?, ?> one)) {
                throw new FirewallException(
                        "nft's listing has something in it that is no object: " + shortened(object));
            }
            objects.add(one);
        }
        return objects;
    }

    static String shortened(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    private static final int MOST_SHOWN = 200;

    /** A rule as nft lists it, on the way to what it means. */
    private static final class NftRule {

        private final Map<?, ?> rule;
        private @Nullable Cidr source;
        private @Nullable Cidr destination;
        private @Nullable AddressType family;
        private @Nullable String arrival;
        private @Nullable PortRange ports;
        private boolean fresh;
        private @Nullable String verdict;

        NftRule(Map<?, ?> rule) {
            this.rule = rule;
        }

        void addTo(List<Opening> openings, List<Closing> closings) {
            Object comment = rule.get("comment");
            if (ALWAYS.equals(comment)) {
                return;
            }
            if (!(rule.get("expr") instanceof List<?> expressions)) {
                throw strange();
            }
            try {
                for (Object expression : expressions) {
                    read(expression);
                }
                if ("drop".equals(verdict) && fresh && ports == null && source == null) {
                    requireComment(comment, Purpose.INTERNAL);
                    closings.add(new Closing(destination, arrival));
                    return;
                }
                // nft leaves the family out where an address says it already.
                AddressType known = destination == null ? family : destination.family();
                if (source == null && known != null) {
                    source = Cidr.all(known);
                }
                if (!"accept".equals(verdict) || fresh || arrival != null || source == null) {
                    throw strange();
                }
                Purpose purpose = Purpose.INGRESS.comment().equals(comment) ? Purpose.INGRESS : Purpose.INTERNAL;
                requireComment(comment, purpose);
                openings.add(
                        new Opening(purpose, ports == null ? PortRange.all(Protocol.ANY) : ports, source, destination));
            } catch (IllegalArgumentException e) {
                throw strange();
            }
        }

        private void requireComment(@Nullable Object comment, Purpose purpose) {
            if (!purpose.comment().equals(comment)) {
                throw strange();
            }
        }

        private void read(@Nullable Object expression) {
            if (!(expression instanceof Map<?, ?> map) || map.size() != 1 || verdict != null) {
                throw strange();
            }
            if (map.containsKey("accept") || map.containsKey("drop")) {
                verdict = String.valueOf(map.keySet().iterator().next());
            } else if (map.get("match") instanceof Map<?, ?> match
                    && match.get("left") instanceof Map<?, ?> left
                    && ("==".equals(match.get("op")) || "in".equals(match.get("op")))) {
                match(left, match.get("right"));
            } else {
                throw strange();
            }
        }

        private void match(Map<?, ?> left, @Nullable Object right) {
            if (left.get("meta") instanceof Map<?, ?> meta) {
                if ("nfproto".equals(meta.get("key")) && family == null) {
                    family = family(right);
                } else if ("iifname".equals(meta.get("key")) && arrival == null && right instanceof String name) {
                    arrival = name;
                } else {
                    throw strange();
                }
            } else if (left.get("ct") instanceof Map<?, ?> ct && "state".equals(ct.get("key")) && "new".equals(right)) {
                fresh = true;
            } else if (left.get("payload") instanceof Map<?, ?> payload) {
                payload(payload.get("protocol") + " " + payload.get("field"), right);
            } else {
                throw strange();
            }
        }

        private AddressType family(@Nullable Object name) {
            if ("ipv4".equals(name)) {
                return AddressType.IPV4;
            } else if ("ipv6".equals(name)) {
                return AddressType.IPV6;
            }
            throw strange();
        }

        private void payload(String field, @Nullable Object right) {
            switch (field) {
                case "ip saddr", "ip6 saddr" -> source = first(source, cidr(field, right));
                case "ip daddr", "ip6 daddr" -> destination = first(destination, cidr(field, right));
                case "tcp dport" -> ports = first(ports, ports(Protocol.TCP, right));
                case "udp dport" -> ports = first(ports, ports(Protocol.UDP, right));
                case "icmp type", "icmpv6 type" -> {
                    if (!"echo-request".equals(right)) {
                        throw strange();
                    }
                    ports = first(ports, PortRange.all(Protocol.ICMP));
                    family = "icmp type".equals(field) ? AddressType.IPV4 : AddressType.IPV6;
                }
                default -> throw strange();
            }
        }

        private <T> T first(@Nullable T known, T read) {
            if (known != null) {
                throw strange();
            }
            return read;
        }

        private Cidr cidr(String field, @Nullable Object right) {
            Cidr cidr = null;
            if (right instanceof String address) {
                cidr = Cidr.host(address);
            } else if (right instanceof Map<?, ?> map && map.get("prefix") instanceof Map<?, ?> prefix) {
                cidr = Cidr.parse(prefix.get("addr") + "/" + prefix.get("len"));
            }
            if (cidr == null || !field.startsWith(ip(cidr.family()) + " ")) {
                throw strange();
            }
            return cidr;
        }

        private PortRange ports(Protocol protocol, @Nullable Object right) {
            if (right instanceof Map<?, ?> map && map.get("range") instanceof List<?> range && range.size() == 2) {
                return new PortRange(port(range.get(0)), port(range.get(1)), protocol);
            }
            return new PortRange(port(right), port(right), protocol);
        }

        private int port(@Nullable Object value) {
            if (value instanceof Long number && number > 0 && number <= PortRange.LAST_PORT) {
                return number.intValue();
            }
            throw strange();
        }

        private FirewallException strange() {
            return new FirewallException("there is a rule in the table inet " + TABLE
                    + " that Foothold did not make: " + shortened(rule)
                    + "; move it to a table of its own, where nobody replaces it");
        }
    }
}
