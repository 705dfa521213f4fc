package dev.foothold.testing;

/** Runs a property of the code for many seeds; a failure names its seed, so that it can be run alone. */
public final class Seeds {

    private static final int QUICK_STEP = 10;

    private Seeds() {}

    /** A property that must hold whatever the seed. */
    @FunctionalInterface
    public interface Property {

        /**
         * Checks the property.
         *
         * @param seed feeds everything that is random
         * @throws Exception as the property likes; it fails then
         */
        void check(long seed) throws Exception;
    }

    /**
     * Checks a property for the seeds from 0 on; for each tenth of them if the system property {@code foothold.quick}
     * is {@code true}.
     *
     * @param count how many seeds there are
     * @param property what must hold for each
     * @throws AssertionError if it does not hold for a seed, which the message names
     */
    public static void forEach(int count, Property property) {
        int step = Boolean.getBoolean("foothold.quick") ? QUICK_STEP : 1;
        for (long seed = 0; seed < count; seed += step) {
            try {
                property.check(seed);
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
