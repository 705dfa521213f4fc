package dev.foothold.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Says from where an address can be reached. */
public enum AddressScope {
    /** From anywhere. */
    PUBLIC,
    /** From within the cloud or a network joined to it. */
    CLOUD_LOCAL,
    /** From the same link only. */
    LINK_LOCAL,
    /** From the machine itself only. */
    MACHINE_LOCAL,
    /** Not known: the provider did not say. */
    UNKNOWN;

    private static final int CLASS_E = 240;

    /**
     * Derives the scope of an address from its value; what a provider says of it is better.
     *
     * @param value an IP address, or a host name
     * @return {@link #MACHINE_LOCAL} for loopback addresses, {@link #LINK_LOCAL} for those of the link and for its
     *     multicast groups, {@link #CLOUD_LOCAL} for private ones, unique local ones and 240.0.0.0/4, which overlay
     *     networks use; {@link #PUBLIC} for every other IP address; {@link #UNKNOWN} for anything else
     */
    public static AddressScope of(String value) {
        InetAddress address;
        try {
            if (AddressType.of(value) == AddressType.HOST_NAME) {
                return UNKNOWN;
            }
            // Without the name of an interface, which need not be one of ours.
            address = InetAddress.getByName(value.replaceFirst("%.*", ""));
        } catch (UnknownHostException e) {
            // Not an address after all.
            return UNKNOWN;
        }
        if (address.isLoopbackAddress()) {
            return MACHINE_LOCAL;
        }
        if (address.isLinkLocalAddress() || address.isMCLinkLocal() || address.isMCNodeLocal()) {
            return LINK_LOCAL;
        }
        int first = address.getAddress()[0] & 0xff;
        boolean uniqueLocal = address instanceof Inet6Address && (first & 0xfe) == 0xfc;
        boolean overlay = address instanceof Inet4Address && first >= CLASS_E;
        return address.isSiteLocalAddress() || uniqueLocal || overlay ? CLOUD_LOCAL : PUBLIC;
    }
}
