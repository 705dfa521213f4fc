package dev.foothold.network;

import java.util.Locale;

/** Names what ports and rules are about. */
public enum Protocol {
    /** TCP. */
    TCP,
    /** UDP. */
    UDP,
    /** Echo requests, as {@code ping} sends them, of IPv4 and IPv6 alike. */
    ICMP,
    /** Echo requests of IPv6 only. */
    ICMPV6,
    /** Everything, whatever its protocol. */
    ANY;

    /**
     * Reads the name of a protocol.
     *
     * @param name {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6} or {@code any}, in upper or lower case
     * @return the protocol
     * @throws IllegalArgumentException if it is none of these
     */
    public static Protocol parse(String name) {
        for (Protocol protocol : values()) {
            if (protocol.name().equalsIgnoreCase(name)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("unknown protocol \"" + name.replaceAll("\\p{Cntrl}", "?")
                + "\"; expected tcp, udp, icmp, icmpv6 or any");
    }

    /**
     * Tells whether the protocol has ports.
     *
     * @return true for TCP and UDP
     */
    public boolean hasPorts() {
        return this == TCP || this == UDP;
    }

    /**
     * Gives the name.
     *
     * @return the name in lower case
     */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
