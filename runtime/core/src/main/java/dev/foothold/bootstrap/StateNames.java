package dev.foothold.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes parts of names for the state store. */
final class StateNames {

    private StateNames() {}

    /** Ids may hold anything; what a name in the store may not hold is written as an underscore and hex. */
    static String part(String id) {
        StringBuilder name = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-';
            name.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "_%02x", b));
        }
        return name.toString();
    }
}
