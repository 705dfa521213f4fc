package dev.foothold.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A range of ports of one protocol; or all of a protocol that has no ports. Ordered by the protocol's name, then by the
 * first and last port.
 *
 * @param from the first port, 1 to 65535; {@value #NO_PORT} if the protocol has no ports
 * @param to the last port, at least the first one; {@value #NO_PORT} if the protocol has no ports
 * @param protocol what the ports are of
 */
public record PortRange(int from, int to, Protocol protocol) implements Comparable<PortRange> {

    /** Stands for the ports of protocols that have none. */
    public static final int NO_PORT = -1;

    /** The highest port there is. */
    public static final int LAST_PORT = 65535;

    private static final Comparator<PortRange> ORDER = Comparator.comparing(
                    (PortRange range) -> range.protocol.toString())
            .thenComparingInt(PortRange::from)
            .thenComparingInt(PortRange::to);

    /**
     * Creates a range.
     *
     * @param from the first port
     * @param to the last port
     * @param protocol what the ports are of
     * @throws IllegalArgumentException if a port is not from 1 to 65535, the first one is above the last one, or the
     *     protocol has no ports and one is not {@value #NO_PORT}
     */
    public PortRange {
        Objects.requireNonNull(protocol, "protocol");
        if (!protocol.hasPorts()) {
            if (from != NO_PORT || to != NO_PORT) {
                throw new IllegalArgumentException("protocol \"" + protocol + "\" has no ports, but got "
                        + (from == to ? String.valueOf(from) : from + "-" + to));
            }
        } else if (from > to) {
            throw new IllegalArgumentException("the port range " + from + "-" + to + "/" + protocol
                    + " is reversed; the first port must not be above the last one");
        } else if (from < 1 || to > LAST_PORT) {
            throw new IllegalArgumentException(
                    "ports must be from 1 to " + LAST_PORT + ", but the range is " + from + "-" + to + "/" + protocol);
        }
    }

    /**
     * Makes a range of one TCP port.
     *
     * @param port 1 to 65535
     * @return the range
     * @throws IllegalArgumentException if the port is out of range
     */
    public static PortRange tcp(int port) {
        return tcp(port, port);
    }

    /**
     * Makes a range of TCP ports.
     *
     * @param from the first port
     * @param to the last port
     * @return the range
     * @throws IllegalArgumentException if a port is out of range, or the range is reversed
     */
    public static PortRange tcp(int from, int to) {
        return new PortRange(from, to, Protocol.TCP);
    }

    /**
     * Makes a range of one UDP port.
     *
     * @param port 1 to 65535
     * @return the range
     * @throws IllegalArgumentException if the port is out of range
     */
    public static PortRange udp(int port) {
        return udp(port, port);
    }

    /**
     * Makes a range of UDP ports.
     *
     * @param from the first port
     * @param to the last port
     * @return the range
     * @throws IllegalArgumentException if a port is out of range, or the range is reversed
     */
    public static PortRange udp(int from, int to) {
        return new PortRange(from, to, Protocol.UDP);
    }

    /**
     * Makes the range of all that a protocol has.
     *
     * @param protocol the protocol
     * @return ports 1 to 65535, or no ports if the protocol has none
     */
    public static PortRange all(Protocol protocol) {
        return protocol.hasPorts() ? new PortRange(1, LAST_PORT, protocol) : new PortRange(NO_PORT, NO_PORT, protocol);
    }

    /**
     * Reads a range as users write it.
     *
     * @param text {@code 8000-8099/udp}, {@code 80/tcp}, {@code 80} for TCP; {@code icmp}, {@code icmpv6} or {@code any},
     *     behind which a protocol is ignored
     * @return the range
     * @throws IllegalArgumentException if the text is none of these; the message says what is wrong with it
     */
    public static PortRange parse(String text) {
        int slash = text.indexOf('/');
        String ports = slash < 0 ? text : text.substring(0, slash);
        for (Protocol protocol : Protocol.values()) {
            if (!protocol.hasPorts() && protocol.toString().equals(ports)) {
                return all(protocol);
            }
        }
        String[] bounds = ports.split("-", -1);
        if (bounds.length > 2) {
            throw new IllegalArgumentException(
                    "invalid port range \"" + text + "\"; expected one port, or two with a hyphen between");
        }
        int from = port(bounds[0], text);
        int to = port(bounds[bounds.length - 1], text);
        return new PortRange(from, to, slash < 0 ? Protocol.TCP : Protocol.parse(text.substring(slash + 1)));
    }

    private static int port(String port, String text) {
        if (!port.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("invalid port \"" + port + "\" in \"" + text + "\"");
        }
        return Integer.parseInt(port);
    }

    /**
     * Makes the nearest valid range: bounds are swapped if they are reversed, and moved to 1 or 65535 if they are beyond.
     *
     * @param from the one bound
     * @param to the other bound
     * @param protocol what the ports are of; without ports, the bounds are not looked at
     * @return the range
     */
    public static PortRange clamped(int from, int to, Protocol protocol) {
        return protocol.hasPorts()
                ? new PortRange(clamp(Math.min(from, to)), clamp(Math.max(from, to)), protocol)
                : all(protocol);
    }

    private static int clamp(int port) {
        return Math.max(1, Math.min(LAST_PORT, port));
    }

    /**
     * Sorts ranges and joins those of one protocol that overlap or are next to each other.
     *
     * @param ranges any ranges; not changed
     * @return the fewest ranges with the same ports, sorted
     */
    public static List<PortRange> combine(Collection<PortRange> ranges) {
        List<PortRange> combined = new ArrayList<>();
        for (PortRange next : ranges.stream().sorted().toList()) {
            PortRange last = combined.isEmpty() ? null : combined.get(combined.size() - 1);
            if (last != null && last.protocol == next.protocol && next.from <= last.to + 1) {
                combined.set(combined.size() - 1, new PortRange(last.from, Math.max(last.to, next.to), last.protocol));
            } else {
                combined.add(next);
            }
        }
        return List.copyOf(combined);
    }

    /**
     * Counts the ports.
     *
     * @return how many ports there are; 1 if the protocol has none
     */
    public int length() {
        return to - from + 1;
    }

    /**
     * Tells whether two ranges have something in common.
     *
     * @param other another range
     * @return true if both are of the same protocol and overlap
     */
    public boolean conflictsWith(PortRange other) {
        return protocol == other.protocol && from <= other.to && other.from <= to;
    }

    /**
     * Tells whether all of another range is in this one.
     *
     * @param other another range
     * @return true if it is of the same protocol and within these ports, or if this is everything
     */
    public boolean covers(PortRange other) {
        return protocol == Protocol.ANY
                || protocol == other.protocol && from <= other.from && other.to <= to
                || protocol == Protocol.ICMP && other.protocol == Protocol.ICMPV6;
    }

    @Override
    public int compareTo(PortRange other) {
        return ORDER.compare(this, other);
    }

    /**
     * Renders the range as {@link #parse} reads it.
     *
     * @return {@code 80/tcp}, {@code 8000-8099/udp} or {@code icmp}
     */
    @Override
    public String toString() {
        if (!protocol.hasPorts()) {
            return protocol.toString();
        }
        return (from == to ? String.valueOf(from) : from + "-" + to) + "/" + protocol;
    }
}
