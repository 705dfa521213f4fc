package dev.foothold.network;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network in CIDR notation: an IPv4 or IPv6 address with the number of its leading bits that count. It is shown as it
 * was written; two are equal, and ordered, by the network they name, so {@code 10.1.2.3/8} equals {@code 10.0.0.0/8}.
 * The order is the one of the texts. Immutable.
 */
public final class Cidr implements Comparable<Cidr> {

    /** Every address of IPv4. */
    public static final Cidr ALL_IPV4 = parse("0.0.0.0/0");

    /** Every address of IPv6. */
    public static final Cidr ALL_IPV6 = parse("::/0");

    private final String text;
    private final byte[] network;
    private final int prefixLength;
    private final String networkText;

    private Cidr(String text, byte[] address, int prefixLength) {
        this.text = text;
        this.prefixLength = prefixLength;
        this.network = mask(address, prefixLength);
        this.networkText = IpText.of(network) + "/" + prefixLength;
    }

    /**
     * Reads a network.
     *
     * @param text {@code 192.0.2.0/24} or {@code 2001:db8::/32}; bits behind the prefix may be set
     * @return the network
     * @throws IllegalArgumentException if it is not that: a bare address, numbers with leading zeros and anything around
     *     it are refused
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = slash < 0 ? null : IpText.parse(text.substring(0, slash));
        int length = address == null ? NO_LENGTH : prefixLength(text.substring(slash + 1), address.length * Byte.SIZE);
        if (address == null || length == NO_LENGTH) {
            throw new IllegalArgumentException("invalid CIDR address: \"" + text.replaceAll("\\p{Cntrl}", "?")
                    + "\"; expected for example 192.0.2.0/24, 203.0.113.7/32 or 2001:db8::/32");
        }
        return new Cidr(text, address, length);
    }

    /**
     * Makes the network of a single address.
     *
     * @param address an IPv4 or IPv6 address
     * @return the address with a prefix of all its bits
     * @throws IllegalArgumentException if it is not an IP address
     */
    public static Cidr host(String address) {
        byte[] bytes = IpText.parse(address);
        if (bytes == null) {
            throw new IllegalArgumentException("invalid IP address: \"" + address.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        int length = bytes.length * Byte.SIZE;
        return new Cidr(address + "/" + length, bytes, length);
    }

    /**
     * Makes the network of every address of a family.
     *
     * @param family IPv4 or IPv6
     * @return {@link #ALL_IPV4} or {@link #ALL_IPV6}
     * @throws IllegalArgumentException if it is not a family of addresses
     */
    public static Cidr all(AddressType family) {
        return switch (family) {
            case IPV4 -> ALL_IPV4;
            case IPV6 -> ALL_IPV6;
            case HOST_NAME -> throw new IllegalArgumentException("host names are no family of addresses");
        };
    }

    private static final int NO_LENGTH = -1;

    private static int prefixLength(String text, int longest) {
        if (!text.matches("0|[1-9][0-9]{0,2}")) {
            return NO_LENGTH;
        }
        int length = Integer.parseInt(text);
        return length > longest ? NO_LENGTH : length;
    }

    private static byte[] mask(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, length - i * Byte.SIZE));
            masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return masked;
    }

    /**
     * Says of which family the addresses are.
     *
     * @return {@link AddressType#IPV4} or {@link AddressType#IPV6}
     */
    public AddressType family() {
        return network.length == IpText.IPV4_BYTES ? AddressType.IPV4 : AddressType.IPV6;
    }

    /**
     * Says how many leading bits count.
     *
     * @return 0 to 32, or to 128 for IPv6
     */
    public int prefixLength() {
        return prefixLength;
    }

    /**
     * Names the first address of the network, as the kernel shows it.
     *
     * @return the address without the bits behind the prefix
     */
    public String networkAddress() {
        return networkText.substring(0, networkText.indexOf('/'));
    }

    /**
     * Names the network in one way only.
     *
     * @return address and prefix length, without the bits behind the prefix
     */
    public String networkText() {
        return networkText;
    }

    /**
     * Tells whether this is a whole family of addresses.
     *
     * @return true for a prefix length of 0
     */
    public boolean isAll() {
        return prefixLength == 0;
    }

    /**
     * Tells whether all of another network is in this one.
     *
     * @param other another network
     * @return true if it is of the same family and its addresses are all in here
     */
    public boolean contains(Cidr other) {
        return network.length == other.network.length
                && prefixLength <= other.prefixLength
                && Arrays.equals(network, mask(other.network, prefixLength));
    }

    @Override
    public int compareTo(Cidr other) {
        return networkText.compareTo(other.networkText);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr cidr && networkText.equals(cidr.networkText);
    }

    @Override
    public int hashCode() {
        return Objects.hash(networkText);
    }

    /**
     * Gives the network as it was written.
     *
     * @return address and prefix length
     */
    @Override
    public String toString() {
        return text;
    }
}
