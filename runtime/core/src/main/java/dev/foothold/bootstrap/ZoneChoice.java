package dev.foothold.bootstrap;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Leaves the zones that the user asked for. */
final class ZoneChoice {

    private ZoneChoice() {}

    /** Keeps the order of the available zones; refuses to choose if nothing is left. */
    static List<String> among(List<String> available, Set<String> wanted, String what) {
        if (available.isEmpty()) {
            throw new BootstrapException("cannot start " + what + ": no usable availability zones", null);
        }
        List<String> left = available.stream()
                .filter(zone -> wanted.isEmpty() || wanted.contains(zone))
                .toList();
        if (left.isEmpty()) {
            throw new BootstrapException(
                    "cannot start " + what + ": no available zones (" + quoted(available)
                            + ") matching the zones asked for ("
                            + quoted(wanted.stream().sorted().toList()) + ")",
                    null);
        }
        return left;
    }

    private static String quoted(Collection<String> zones) {
        return zones.stream().map(zone -> "\"" + zone + "\"").collect(Collectors.joining(", "));
    }
}
