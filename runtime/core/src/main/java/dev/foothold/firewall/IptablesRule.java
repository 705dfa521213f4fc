package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule as {@code iptables-save} writes it, on the way to what it means. */
final class IptablesRule {

    private @Nullable Cidr source;
    private @Nullable Cidr destination;
    private @Nullable String arrival;
    private @Nullable Protocol protocol;
    private @Nullable PortRange ports;
    private boolean fresh;
    private String comment = "";
    private String verdict = "";
    private boolean understood = true;

    private IptablesRule() {}

    /** Reads a rule of a family, from its chain's name on; one that is not understood says so. */
    static IptablesRule parse(String line, AddressType family) {
        IptablesRule rule = new IptablesRule();
        try {
            Deque<String> words = new ArrayDeque<>(words(line));
            words.poll(); // the chain
            while (!words.isEmpty()) {
                rule.read(words.poll(), words);
            }
            rule.check(family);
        } catch (IllegalArgumentException e) {
            rule.understood = false;
        }
        return rule;
    }

    private void read(String option, Deque<String> words) {
        if ("-m".equals(option)) {
            words.poll(); // its options say all that matters
            return;
        }
        String value = words.poll();
        if (value == null) {
            throw new IllegalArgumentException(option);
        }
        switch (option) {
            case "-s" -> source = IptablesRules.network(value);
            case "-d" -> destination = IptablesRules.network(value);
            case "-i" -> arrival = value;
            case "-p" -> protocol = IptablesRules.protocol(value);
            case "--dport", "--dports" -> ports = ports(value);
            case "--icmp-type", "--icmpv6-type" -> {
                if (!value.equals("--icmp-type".equals(option) ? "8" : "128")) {
                    throw new IllegalArgumentException(value);
                }
                ports = PortRange.all(Protocol.ICMP);
            }
            case "--state", "--ctstate" -> {
                if (!"NEW".equals(value)) {
                    throw new IllegalArgumentException(value);
                }
                fresh = true;
            }
            case "--comment" -> comment = value;
            case "-j" -> verdict = value;
            default -> throw new IllegalArgumentException(option);
        }
    }

    private PortRange ports(String value) {
        String[] bounds = value.split(":", -1);
        if (protocol == null || bounds.length > 2) {
            throw new IllegalArgumentException(value);
        }
        return new PortRange(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[bounds.length - 1]), protocol);
    }

    private void check(AddressType family) {
        boolean accepts = "ACCEPT".equals(verdict) && !fresh;
        boolean drops = "DROP".equals(verdict) && fresh && protocol == null && source == null;
        if (!accepts && !drops || accepts && arrival != null) {
            throw new IllegalArgumentException(verdict);
        }
        if (protocol == Protocol.ICMP && ports == null) {
            throw new IllegalArgumentException("any type of ICMP");
        }
        if (ports == null) {
            ports = PortRange.all(protocol == null ? Protocol.ANY : protocol);
        }
        // What these refuse is not understood either.
        boolean fits = drops
                ? closing().concerns(family)
                : opening(Purpose.INGRESS, family).family() == family;
        if (!fits) {
            throw new IllegalArgumentException("another family");
        }
    }

    /** Splits a line as iptables-restore does: double quotes hold blanks, backslashes hold quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (c == '\\' && quoted && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote without its end");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    boolean isUnderstood() {
        return understood;
    }

    boolean isClosing() {
        return "DROP".equals(verdict);
    }

    String comment() {
        return comment;
    }

    @Nullable
    Cidr destination() {
        return destination;
    }

    PortRange ports() {
        return ports == null ? PortRange.all(Protocol.ANY) : ports;
    }

    Closing closing() {
        return new Closing(destination, arrival);
    }

    Opening opening(Purpose purpose, AddressType family) {
        return new Opening(purpose, ports(), source == null ? Cidr.all(family) : source, destination);
    }
}
