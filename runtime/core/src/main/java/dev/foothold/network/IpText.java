package dev.foothold.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes IP addresses without asking anybody, and without taking one family for the other. */
final class IpText {

    static final int IPV4_BYTES = 4;
    private static final int IPV6_GROUPS = 8;

    private IpText() {}

    /** Gives the 4 or 16 bytes of an address, or null if it is not one. */
    static byte @Nullable [] parse(String text) {
        return switch (AddressType.of(text)) {
            case IPV4 -> ipv4(text);
            case IPV6 -> ipv6(text);
            case HOST_NAME -> null;
        };
    }

    private static byte[] ipv4(String dotted) {
        String[] numbers = dotted.split("\\.");
        byte[] bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            bytes[i] = (byte) Integer.parseInt(numbers[i]);
        }
        return bytes;
    }

    private static byte @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        List<Integer> groups = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> rest = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
        if (groups == null || rest == null) {
            return null;
        }
        int missing = IPV6_GROUPS - groups.size() - rest.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        for (int i = 0; i < missing; i++) {
            groups.add(0);
        }
        groups.addAll(rest);
        byte[] bytes = new byte[2 * IPV6_GROUPS];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            bytes[2 * i] = (byte) (groups.get(i) >> Byte.SIZE);
            bytes[2 * i + 1] = groups.get(i).byteValue();
        }
        return bytes;
    }

    /** Reads groups with colons between them; the last ones may be an IPv4 address. */
    private static @Nullable List<Integer> groups(String text, boolean last) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else if (last && i == parts.length - 1 && AddressType.of(parts[i]) == AddressType.IPV4) {
                byte[] v4 = ipv4(parts[i]);
                groups.add((v4[0] & 0xff) << Byte.SIZE | v4[1] & 0xff);
                groups.add((v4[2] & 0xff) << Byte.SIZE | v4[3] & 0xff);
            } else {
                return null;
            }
        }
        return groups;
    }

    /** Writes an address in the one form that RFC 5952 recommends. */
    static String of(byte[] bytes) {
        if (bytes.length == IPV4_BYTES) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int start = -1;
        int longest = 1; // a single zero is written out
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int run = 0;
            while (i + run < IPV6_GROUPS && group(bytes, i + run) == 0) {
                run++;
            }
            if (run > longest) {
                start = i;
                longest = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < IPV6_GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(bytes, i)));
            }
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << Byte.SIZE | bytes[2 * index + 1] & 0xff;
    }
}
