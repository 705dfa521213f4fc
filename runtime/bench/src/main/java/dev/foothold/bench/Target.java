package dev.foothold.bench;

/**
 * Holds a ratio against the most it may be.
 *
 * @param what the ratio, in words
 * @param ratio what was measured
 * @param limit the most it may be
 */
public record Target(String what, double ratio, double limit) {

    /** Tells whether the target is reached; what could not be measured is not. */
    public boolean isReached() {
        return ratio <= limit;
    }

    /** Says so, for example {@code PASS  1.18 ≤ 1.25  ours / string writer}. */
    @Override
    public String toString() {
        return isReached()
                ? "PASS  " + Table.number(ratio, 2) + " ≤ " + Table.number(limit, 2) + "  " + what
                : "MISS  " + Table.number(ratio, 2) + " > " + Table.number(limit, 2) + "  " + what;
    }
}
