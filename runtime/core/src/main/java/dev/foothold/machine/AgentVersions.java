package dev.foothold.machine;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Tells which version is newer: numbers by value, and {@code 2.0-rc1} before {@code 2.0}, but {@code 2.0.1} after it. */
final class AgentVersions implements Comparator<String> {

    private static final Pattern PARTS = Pattern.compile("[^0-9A-Za-z]+|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])");

    @Override
    public int compare(String one, String other) {
        List<String> ones = List.of(PARTS.split(one));
        List<String> others = List.of(PARTS.split(other));
        for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
            int difference = compareParts(i < ones.size() ? ones.get(i) : "", i < others.size() ? others.get(i) : "");
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int compareParts(String one, String other) {
        int difference = Integer.compare(rank(one), rank(other));
        if (difference != 0) {
            return difference;
        }
        return isNumber(one) ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    /** A word comes before the end, and that before a number. */
    private static int rank(String part) {
        return part.isEmpty() ? 1 : isNumber(part) ? 2 : 0;
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
