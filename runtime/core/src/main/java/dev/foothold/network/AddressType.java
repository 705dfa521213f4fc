package dev.foothold.network;

import java.util.regex.Pattern;

/** Says what the value of an address is. */
public enum AddressType {
    /** Four decimal numbers of at most 255, with dots between them. */
    IPV4,
    /** Hexadecimal groups with colons between them. */
    IPV6,
    /** A name, whose addresses the name service knows. */
    HOST_NAME;

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern DOTTED = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    /**
     * Finds out what a value is, without asking the name service.
     *
     * @param value an address or a host name
     * @return the type
     */
    public static AddressType of(String value) {
        if (DOTTED.matcher(value).matches()) {
            return IPV4;
        }
        return value.indexOf(':') >= 0 ? IPV6 : HOST_NAME;
    }
}
