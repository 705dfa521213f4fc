package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.IngressRule;
import dev.foothold.network.IngressRules;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code iptables -L INPUT -n} writes, for people who have no more than that of a machine. Rules are recognised
 * by their comment, {@code juju ingress} or {@code foothold ingress}, which must come last.
 *
 * @param rules what the rules open, one for each line, in their order
 * @param skipped lines that are marked as such rules, and cannot be understood
 */
public record IptablesListing(IngressRules rules, List<String> skipped) {

    private static final Pattern MARKED = Pattern.compile("ACCEPT\\b.*/\\*\\s*(juju|foothold) ingress\\s*\\*/");
    private static final Pattern LINE = Pattern.compile(
            "ACCEPT\\s+(?<protocol>\\S+)\\s+\\S+\\s+(?<source>\\S+)\\s+\\S+\\s+(?<what>[^/*]*?)\\s*/\\*.*");
    private static final Pattern PORTS = Pattern.compile(
            "(?<protocol>tcp|udp) (dpt:(?<one>[0-9]{1,5})|dpts:(?<first>[0-9]{1,5}):(?<last>[0-9]{1,5}))"
                    + "|multiport dports (?<from>[0-9]{1,5}):(?<to>[0-9]{1,5})");
    private static final String PING = "icmptype 8";

    /**
     * Copies the list of lines.
     *
     * @param rules what the rules open
     * @param skipped lines that cannot be understood
     */
    public IptablesListing {
        skipped = List.copyOf(skipped);
    }

    /**
     * Reads a listing. Whatever is in it, nothing is thrown.
     *
     * @param text what iptables has written
     * @return the rules in it; {@link IngressRules#merged()} makes one for each range of ports
     */
    public static IptablesListing parse(String text) {
        List<IngressRule> rules = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (String line : text.split("\n")) {
            String stripped = line.strip();
            if (MARKED.matcher(stripped).matches()) {
                IngressRule rule = rule(stripped);
                if (rule == null) {
                    skipped.add(stripped);
                } else {
                    rules.add(rule);
                }
            }
        }
        return new IptablesListing(IngressRules.of(rules), skipped);
    }

    private static @Nullable IngressRule rule(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return null;
        }
        Protocol protocol = IptablesRules.protocol(parts.group("protocol").toLowerCase(Locale.ROOT));
        String what = parts.group("what").replaceAll("\\s+", " ");
        try {
            PortRange ports;
            if (protocol == Protocol.ICMP && PING.equals(what)) {
                ports = PortRange.all(Protocol.ICMP);
            } else {
                ports = ports(protocol, what);
            }
            if (ports == null) {
                return null;
            }
            IngressRule rule = IngressRule.of(ports, IptablesRules.network(parts.group("source")));
            return rule.sources().get(0).family() == AddressType.IPV4 ? rule : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable PortRange ports(@Nullable Protocol protocol, String what) {
        Matcher ports = PORTS.matcher(what);
        if (protocol == null || !protocol.hasPorts() || !ports.matches()) {
            return null;
        }
        if (ports.group("from") != null) {
            return range(ports.group("from"), ports.group("to"), protocol);
        }
        if (!protocol.toString().equals(ports.group("protocol"))) {
            return null;
        }
        return ports.group("one") != null
                ? range(ports.group("one"), ports.group("one"), protocol)
                : range(ports.group("first"), ports.group("last"), protocol);
    }

    private static PortRange range(String from, String to, Protocol protocol) {
        return new PortRange(Integer.parseInt(from), Integer.parseInt(to), protocol);
    }
}
