package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Foothold's rules as a chain of iptables of their own, for each family, to which {@code INPUT} jumps. The chain is
 * replaced as a whole, in one transaction for each family; every other rule stays as it is.
 */
final class IptablesRules {

    static final String CHAIN = "FOOTHOLD";

    private static final String JUMP = "INPUT -m comment --comment \"" + Purpose.INTERNAL.comment() + "\" -j " + CHAIN;

    private IptablesRules() {}

    /**
     * Renders the transaction after which the rules are the ones that count; {@code iptables-restore --noflush} reads it.
     *
     * @param now what is there
     * @param rules what shall be
     * @param family for which family
     */
    static String transaction(IptablesSave now, FirewallRules rules, AddressType family) {
        StringBuilder text = new StringBuilder("*filter\n:").append(CHAIN).append(" - [0:0]\n");
        if (rules.isEmpty()) {
            if (now.jumps()) {
                text.append("-D ").append(JUMP).append('\n');
            }
            now.original()
                    .forEach(rule -> text.append("-D ").append(rule.text()).append('\n'));
            return text.append("-X ").append(CHAIN).append("\nCOMMIT\n").toString();
        }
        String comment = Purpose.INTERNAL.comment();
        if (!rules.closings().isEmpty()) {
            rule(text, "-i lo", NftRules.ALWAYS, "ACCEPT");
            if (family == AddressType.IPV6) {
                rule(text, "-s fe80::/10 -p udp -m udp --sport 547 --dport 546", NftRules.ALWAYS, "ACCEPT");
            }
        }
        for (Opening opening : rules.openings()) {
            if (opening.family() == family) {
                rule(text, matches(opening), opening.purpose().comment(), "ACCEPT");
            }
        }
        for (Closing closing : rules.closings()) {
            if (closing.concerns(family)) {
                String address =
                        closing.at().map(at -> "-d " + at.networkText() + " ").orElse("");
                String at = closing.networkInterface() == null ? "" : "-i " + closing.networkInterface() + " ";
                rule(text, address + at + "-m conntrack --ctstate NEW", comment, "DROP");
            }
        }
        if (!now.jumps()) {
            text.append("-I ").append(JUMP.replaceFirst(" ", " 1 ")).append('\n');
        }
        // What is taken over goes when our own rules are there: nothing is open or closed in between.
        now.original().forEach(rule -> text.append("-D ").append(rule.text()).append('\n'));
        return text.append("COMMIT\n").toString();
    }

    /**
     * Renders the transaction that brings back exactly what is there.
     *
     * @param now what is there
     * @param rules what shall be, and may be when this is read
     */
    static String undo(IptablesSave now, FirewallRules rules) {
        StringBuilder text = new StringBuilder("*filter\n:").append(CHAIN).append(" - [0:0]\n");
        now.ours().forEach(rule -> text.append("-A ").append(rule).append('\n'));
        List<IptablesSave.Numbered> gone = new ArrayList<>(now.original());
        if (now.jumps() && rules.isEmpty()) {
            gone.add(new IptablesSave.Numbered(now.jump(), JUMP));
        } else if (!now.jumps() && !rules.isEmpty()) {
            text.append("-D ").append(JUMP).append('\n');
        }
        // From the first to the last, so that each finds its place among those that never went.
        gone.stream()
                .sorted(Comparator.comparingInt(IptablesSave.Numbered::number))
                .forEach(rule -> text.append("-I INPUT ")
                        .append(rule.number())
                        .append(rule.text().substring("INPUT".length()))
                        .append('\n'));
        if (!now.hasChain()) {
            text.append("-X ").append(CHAIN).append('\n');
        }
        return text.append("COMMIT\n").toString();
    }

    private static void rule(StringBuilder text, String matches, String comment, String verdict) {
        text.append("-A ").append(CHAIN).append(' ').append(matches).append(matches.isEmpty() ? "" : " ");
        text.append("-m comment --comment \"")
                .append(comment)
                .append("\" -j ")
                .append(verdict)
                .append('\n');
    }

    private static String matches(Opening opening) {
        List<String> words = new ArrayList<>();
        if (!opening.source().isAll()) {
            words.add("-s " + opening.source().networkText());
        }
        opening.at().ifPresent(at -> words.add("-d " + at.networkText()));
        PortRange ports = opening.ports();
        switch (ports.protocol()) {
            case TCP, UDP ->
                words.add("-p " + ports.protocol() + " -m " + ports.protocol() + " --dport "
                        + (ports.length() == 1 ? String.valueOf(ports.from()) : ports.from() + ":" + ports.to()));
            case ICMP, ICMPV6 ->
                words.add(
                        opening.family() == AddressType.IPV4
                                ? "-p icmp -m icmp --icmp-type 8"
                                : "-p ipv6-icmp -m icmp6 --icmpv6-type 128");
            case ANY -> {}
        }
        return String.join(" ", words);
    }

    /**
     * Gives what both families' chains say together.
     *
     * @throws FirewallException if a rule in our chain is not one that could be written here
     */
    static FirewallRules parse(IptablesSave v4, @Nullable IptablesSave v6) {
        List<Opening> openings = new ArrayList<>();
        List<Closing> closings = new ArrayList<>();
        read(v4, AddressType.IPV4, openings, closings);
        if (v6 != null) {
            read(v6, AddressType.IPV6, openings, closings);
            List<Closing> one =
                    closings.stream().filter(closing -> closing.at().isEmpty()).toList();
            one.stream()
                    .filter(closing -> one.indexOf(closing) == one.lastIndexOf(closing))
                    .findFirst()
                    .ifPresent(closing -> {
                        throw new FirewallException("the chain " + CHAIN + " closes " + closing
                                + " in one family of addresses only, which is not how Foothold left it");
                    });
        }
        return new FirewallRules(closings, openings);
    }

    private static void read(IptablesSave save, AddressType family, List<Opening> openings, List<Closing> closings) {
        if (!save.jumps()) {
            return; // nothing in the chain counts
        }
        for (String line : save.ours()) {
            if (line.contains(" --comment \"" + NftRules.ALWAYS + "\" ")) {
                continue;
            }
            IptablesRule rule = IptablesRule.parse(line, family);
            Purpose purpose = Purpose.INGRESS.comment().equals(rule.comment()) ? Purpose.INGRESS : Purpose.INTERNAL;
            if (!rule.isUnderstood() || !purpose.comment().equals(rule.comment())) {
                throw new FirewallException("there is a rule in the chain " + CHAIN + " that Foothold did not make: "
                        + NftRules.shortened(line) + "; move it to a chain of its own, where nobody replaces it");
            }
            if (rule.isClosing()) {
                closings.add(rule.closing());
            } else {
                openings.add(rule.opening(purpose, family));
            }
        }
    }

    /**
     * Gives what the original's rules say. One below a DROP that takes all its packets says nothing.
     *
     * @param skipped gets the rules that say nothing, or cannot be understood
     */
    static FirewallRules original(IptablesSave v4, List<String> skipped) {
        FirewallRules rules = FirewallRules.none();
        List<Closing> above = new ArrayList<>();
        for (IptablesSave.Numbered numbered : v4.original()) {
            IptablesRule rule = IptablesRule.parse(numbered.text(), AddressType.IPV4);
            if (!rule.isUnderstood()) {
                skipped.add(numbered.text());
            } else if (rule.isClosing()) {
                above.add(rule.closing());
                rules = rules.closeAll(rule.closing());
            } else if (above.stream().anyMatch(closing -> closing.covers(rule.destination(), null))) {
                skipped.add(numbered.text());
            } else if ("juju internal".equals(rule.comment())) {
                rules = rules.openInternally(rule.ports(), rule.destination());
            } else {
                rules = rules.plus(rule.opening(Purpose.INGRESS, AddressType.IPV4));
            }
        }
        return rules;
    }

    /** Tells protocols of iptables apart, by name or number. */
    static @Nullable Protocol protocol(String name) {
        return switch (name) {
            case "tcp", "6" -> Protocol.TCP;
            case "udp", "17" -> Protocol.UDP;
            case "icmp", "1", "ipv6-icmp", "icmpv6", "58" -> Protocol.ICMP;
            case "all", "0" -> Protocol.ANY;
            default -> null;
        };
    }

    static Cidr network(String text) {
        return text.indexOf('/') < 0 ? Cidr.host(text) : Cidr.parse(text);
    }
}
