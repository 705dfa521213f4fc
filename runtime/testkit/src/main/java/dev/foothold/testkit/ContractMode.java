package dev.foothold.testkit;

import java.time.Duration;
import java.util.Locale;

/** Says against what the contract is checked; chosen by the system property {@value #PROPERTY}. */
public enum ContractMode {
    /** The author's own stand-in for the cloud: every rule. The default. */
    OFFLINE(Duration.ofMinutes(1)),
    /** A real account: the rules marked live, with few instances, which cost money. */
    LIVE(Duration.ofMinutes(30));

    /** The system property that chooses the mode: {@code offline} or {@code live}. */
    public static final String PROPERTY = "foothold.contract";

    /** The system property that makes rules that SHOULD be kept fail like those that MUST: {@code true}. */
    public static final String STRICT = "foothold.contract.strict";

    private final Duration longestTest;

    ContractMode(Duration longestTest) {
        this.longestTest = longestTest;
    }

    /**
     * Reads the mode from the system property.
     *
     * @return offline unless the property says otherwise
     * @throws IllegalArgumentException if it is neither {@code offline} nor {@code live}
     */
    public static ContractMode current() {
        String value = System.getProperty(PROPERTY, "offline");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "offline", "" -> OFFLINE;
            case "live" -> LIVE;
            default ->
                throw new IllegalArgumentException(
                        "system property " + PROPERTY + " is \"" + value + "\"; use offline or live");
        };
    }

    Duration longestTest() {
        return longestTest;
    }
}
