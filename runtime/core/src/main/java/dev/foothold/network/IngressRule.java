package dev.foothold.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Says which ports are open for whom. Ordered by the ports, then by the sources as text.
 *
 * @param ports what is open
 * @param sources for whom, sorted and each network once; without any, for everybody
 */
public record IngressRule(PortRange ports, List<Cidr> sources) implements Comparable<IngressRule> {

    private static final Comparator<IngressRule> ORDER =
            Comparator.comparing(IngressRule::ports).thenComparing(IngressRule::sourceText);

    /**
     * Sorts the sources, and keeps each network once.
     *
     * @param ports what is open
     * @param sources for whom; without any, for everybody
     * @throws IllegalArgumentException if the rule is for {@link Protocol#ICMPV6} and has a source that is not of IPv6
     */
    public IngressRule {
        Objects.requireNonNull(ports, "ports");
        sources = sources.stream().distinct().sorted().toList();
        for (Cidr source : sources) {
            if (ports.protocol() == Protocol.ICMPV6 && source.family() != AddressType.IPV6) {
                throw new IllegalArgumentException(
                        "the ingress rule \"" + ports + " from " + source + "\" mixes IPv6 with an IPv4 source");
            }
        }
    }

    /**
     * Makes a rule.
     *
     * @param ports what is open
     * @param sources for whom; without any, for everybody
     * @return the rule
     * @throws IllegalArgumentException if the families of addresses do not fit
     */
    public static IngressRule of(PortRange ports, Cidr... sources) {
        return new IngressRule(ports, List.of(sources));
    }

    /**
     * Reads a rule as {@link #toString()} writes it.
     *
     * @param text {@code 80/tcp} or {@code 8000-8099/udp from 10.0.0.0/8,2001:db8::/32}
     * @return the rule
     * @throws IllegalArgumentException if the text is not like that; the message names the rule and what is wrong
     */
    public static IngressRule parse(String text) {
        String[] parts = text.strip().split("\\s+from\\s+", 2);
        try {
            PortRange ports = PortRange.parse(parts[0]);
            return new IngressRule(
                    ports,
                    parts.length == 1
                            ? List.of()
                            : List.of(parts[1].split(",", -1)).stream()
                                    .map(source -> Cidr.parse(source.strip()))
                                    .toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid ingress rule \"" + text + "\": " + e.getMessage(), e);
        }
    }

    /**
     * Gives the sources, also of a rule for everybody.
     *
     * @return the sources; without any, all addresses of the families that the protocol has
     */
    public List<Cidr> effectiveSources() {
        if (!sources.isEmpty()) {
            return sources;
        }
        return ports.protocol() == Protocol.ICMPV6 ? List.of(Cidr.ALL_IPV6) : List.of(Cidr.ALL_IPV4, Cidr.ALL_IPV6);
    }

    /**
     * Makes the same rule for others.
     *
     * @param others for whom; without any, for everybody
     * @return the changed copy
     * @throws IllegalArgumentException if the families of addresses do not fit
     */
    public IngressRule withSources(Collection<Cidr> others) {
        return new IngressRule(ports, List.copyOf(others));
    }

    /**
     * Tells whether whatever another rule admits is admitted by this one.
     *
     * @param other another rule
     * @return true if its ports are within these, and each of its sources within one of these
     */
    public boolean covers(IngressRule other) {
        return ports.covers(other.ports)
                && other.effectiveSources().stream()
                        .allMatch(theirs -> effectiveSources().stream().anyMatch(ours -> ours.contains(theirs)));
    }

    @Override
    public int compareTo(IngressRule other) {
        return ORDER.compare(this, other);
    }

    private String sourceText() {
        return sources.stream().map(Cidr::networkText).collect(Collectors.joining(","));
    }

    /**
     * Renders the rule.
     *
     * @return the ports and, unless they are all of one family or of both, the sources
     */
    @Override
    public String toString() {
        boolean everybody =
                sources.isEmpty() || sources.size() == 1 && sources.get(0).isAll();
        return ports
                + (everybody
                        ? ""
                        : " from " + sources.stream().map(Cidr::toString).collect(Collectors.joining(",")));
    }
}
