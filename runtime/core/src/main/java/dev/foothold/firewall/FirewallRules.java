package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.IngressRule;
import dev.foothold.network.IngressRules;
import dev.foothold.network.PortRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what Foothold's firewall on a machine lets through. Openings come before closings, in whatever order they were
 * made; without a closing, everything gets through. Immutable.
 *
 * <pre>{@code
 * rules.dropAll(List.of(22), null).open(IngressRules.parse("443/tcp", "9100/tcp from 10.0.0.0/8"), null)
 * }</pre>
 *
 * @param closings where nothing gets in except through an opening; sorted, each once
 * @param openings what is open; sorted, each once
 */
public record FirewallRules(List<Closing> closings, List<Opening> openings) {

    /**
     * Sorts both, and keeps each once.
     *
     * @param closings where nothing gets in except through an opening
     * @param openings what is open
     */
    public FirewallRules {
        closings = closings.stream().distinct().sorted().toList();
        openings = openings.stream().distinct().sorted().toList();
    }

    /**
     * Gives the rules that let everything through.
     *
     * @return no rules
     */
    public static FirewallRules none() {
        return new FirewallRules(List.of(), List.of());
    }

    /**
     * Closes everything but some TCP ports. What was open for the address, or for all addresses, is not any more.
     *
     * @param except the ports that are open afterwards, for everybody; 1 to 65535
     * @param address the one address of the machine to close; null for all of them
     * @return the changed copy
     * @throws IllegalArgumentException if a port is out of range
     */
    public FirewallRules dropAll(Collection<Integer> except, @Nullable Cidr address) {
        List<Opening> left = openings.stream()
                .filter(opening -> address != null
                        && opening.at().map(at -> !at.equals(address)).orElse(false))
                .toList();
        FirewallRules closed = new FirewallRules(plus(closings, List.of(new Closing(address, null))), left);
        for (int port : except) {
            closed = closed.openInternally(PortRange.tcp(port), address);
        }
        return closed;
    }

    /**
     * Closes everything that comes in somewhere, except for what is open.
     *
     * @param closing where
     * @return the changed copy
     */
    public FirewallRules closeAll(Closing closing) {
        return new FirewallRules(plus(closings, List.of(closing)), openings);
    }

    /**
     * Opens ports of the platform for everybody.
     *
     * @param ports what to open
     * @param address the one address of the machine to open them at; null for all of them
     * @return the changed copy
     */
    public FirewallRules openInternally(PortRange ports, @Nullable Cidr address) {
        Stream<AddressType> families =
                address == null ? Stream.of(AddressType.IPV4, AddressType.IPV6) : Stream.of(address.family());
        return new FirewallRules(
                closings,
                plus(
                        openings,
                        families.map(family -> new Opening(Purpose.INTERNAL, ports, Cidr.all(family), address))
                                .toList()));
    }

    /**
     * Opens what rules say.
     *
     * @param rules what to open, and for whom
     * @param address the one address of the machine to open it at; null for all of them
     * @return the changed copy
     * @throws IllegalArgumentException if a rule has a source of another family than the address; the message names it
     */
    public FirewallRules open(IngressRules rules, @Nullable Cidr address) {
        return new FirewallRules(closings, plus(openings, openings(rules, address)));
    }

    /**
     * Closes what rules say; what is not open is left alone.
     *
     * @param rules what to close, and for whom
     * @param address the one address of the machine to close it at; null for what is open at all of them
     * @return the changed copy
     * @throws IllegalArgumentException if a rule has a source of another family than the address; the message names it
     */
    public FirewallRules close(IngressRules rules, @Nullable Cidr address) {
        List<Opening> left = new ArrayList<>(openings);
        left.removeAll(openings(rules, address));
        return new FirewallRules(closings, left);
    }

    /** Adds one opening. */
    FirewallRules plus(Opening opening) {
        return new FirewallRules(closings, plus(openings, List.of(opening)));
    }

    /** Adds all that others say. */
    FirewallRules plus(FirewallRules others) {
        return new FirewallRules(plus(closings, others.closings), plus(openings, others.openings));
    }

    /** A rule for everybody is, at one address, for everybody of the address's family. */
    private static List<Opening> openings(IngressRules rules, @Nullable Cidr address) {
        List<Opening> openings = new ArrayList<>();
        for (IngressRule rule : rules) {
            for (Cidr source : rule.effectiveSources()) {
                boolean implied = rule.sources().isEmpty() && address != null && source.family() != address.family();
                if (!implied) {
                    openings.add(new Opening(Purpose.INGRESS, rule.ports(), source, address));
                }
            }
        }
        return openings;
    }

    private static <T> List<T> plus(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /**
     * Says what users have opened, whatever address it is open at.
     *
     * @return one rule for each range of ports, with all its sources; sorted
     */
    public IngressRules ingress() {
        return IngressRules.of(openings.stream()
                        .filter(opening -> opening.purpose() == Purpose.INGRESS)
                        .map(opening -> IngressRule.of(opening.ports(), opening.source()))
                        .toList())
                .merged();
    }

    /**
     * Tells whether a new connection gets through.
     *
     * @param ports where it goes to
     * @param source where it comes from
     * @param destination the machine's address that it goes to
     * @param arrival the interface it comes in at; null if that is not known, which counts as any that is closed
     * @return true if nothing is closed there, or it is open
     */
    public boolean admit(PortRange ports, Cidr source, Cidr destination, @Nullable String arrival) {
        return closings.stream().noneMatch(closing -> closing.concerns(destination, arrival))
                || openings.stream()
                        .anyMatch(opening -> opening.ports().covers(ports)
                                && opening.source().contains(source)
                                && opening.at()
                                        .map(at -> at.contains(destination))
                                        .orElse(true));
    }

    /** Keeps what can be said of a machine that has one family of addresses only. */
    FirewallRules only(Predicate<AddressType> families) {
        return new FirewallRules(
                closings.stream()
                        .filter(closing -> closing.at()
                                .map(at -> families.test(at.family()))
                                .orElse(true))
                        .toList(),
                openings.stream()
                        .filter(opening -> families.test(opening.family()))
                        .toList());
    }

    /**
     * Tells whether everything gets through because nothing is said.
     *
     * @return true if there is neither a closing nor an opening
     */
    public boolean isEmpty() {
        return closings.isEmpty() && openings.isEmpty();
    }
}
