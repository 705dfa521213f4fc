package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.PortRange;
import dev.foothold.network.Protocol;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is open: ports for one network. Its family of addresses is the one of the source.
 *
 * @param purpose what it is open for
 * @param ports what is open; echo requests of IPv6 are {@link Protocol#ICMP} with an IPv6 source
 * @param source for whom
 * @param destination the one address of the machine at which it is open; null for all of them
 */
public record Opening(
        Purpose purpose,
        PortRange ports,
        Cidr source,
        @Nullable Cidr destination) implements Comparable<Opening> {

    private static final Comparator<Opening> ORDER = Comparator.comparing(Opening::purpose)
            .thenComparing(Opening::ports)
            .thenComparing(Opening::source)
            .thenComparing(opening -> opening.destination == null ? "" : opening.destination.networkText());

    /**
     * Creates an opening.
     *
     * @param purpose what it is open for
     * @param ports what is open
     * @param source for whom
     * @param destination the one address of the machine at which it is open; null for all of them
     * @throws IllegalArgumentException if source, destination and protocol are not of one family of addresses
     */
    public Opening {
        Objects.requireNonNull(purpose, "purpose");
        boolean mixed = destination != null && destination.family() != source.family()
                || ports.protocol() == Protocol.ICMPV6 && source.family() != AddressType.IPV6;
        if (mixed) {
            throw new IllegalArgumentException("the rule \"" + ports + " from " + source
                    + (destination == null ? "" : " to " + destination.networkAddress())
                    + "\" mixes IPv4 and IPv6");
        }
        if (ports.protocol() == Protocol.ICMPV6) {
            ports = PortRange.all(Protocol.ICMP);
        }
    }

    /**
     * Says of which family of addresses it is.
     *
     * @return IPv4 or IPv6
     */
    public AddressType family() {
        return source.family();
    }

    /**
     * Names the one address of the machine at which it is open.
     *
     * @return empty if it is open at all of them
     */
    public Optional<Cidr> at() {
        return Optional.ofNullable(destination);
    }

    @Override
    public int compareTo(Opening other) {
        return ORDER.compare(this, other);
    }

    /**
     * Renders it for people.
     *
     * @return for example {@code 80/tcp from 10.0.0.0/8 to 192.0.2.7}
     */
    @Override
    public String toString() {
        return ports + " from " + source.networkText()
                + (destination == null ? "" : " to " + destination.networkAddress())
                + (purpose == Purpose.INTERNAL ? " (internal)" : "");
    }
}
