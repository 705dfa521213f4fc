package dev.foothold.distribution;

/**
 * Says how evenly machines are to be spread over zones, as Kubernetes says it of pods.
 *
 * @param maxSkew by how many machines a zone may be ahead of the zone that has fewest, at least 1; {@link #UNLIMITED}
 *     for any number
 * @param minDomains how many eligible zones there have to be, at least 1; while there are fewer, the lowest count is taken
 *     as 0, so that no zone gets more than {@code maxSkew}. 1 by default, which asks for nothing
 */
public record Spread(int maxSkew, int minDomains) {

    /** The {@link #maxSkew} of a spread that puts up with any difference. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /**
     * Creates a spread.
     *
     * @param maxSkew by how many machines a zone may be ahead of the zone that has fewest
     * @param minDomains how many eligible zones there have to be
     * @throws IllegalArgumentException if one of them is below 1, or if {@code minDomains} is above 1 without a {@code
     *     maxSkew}, where it would do nothing
     */
    public Spread {
        if (maxSkew < 1) {
            throw new IllegalArgumentException("maxSkew must be at least 1, but it is " + maxSkew
                    + "; with 0 no machine could be placed unless every zone got one at the same moment");
        }
        if (minDomains < 1) {
            throw new IllegalArgumentException("minDomains must be at least 1, but it is " + minDomains);
        }
        if (minDomains > 1 && maxSkew == UNLIMITED) {
            throw new IllegalArgumentException(
                    "minDomains is " + minDomains + ", which does nothing without a maxSkew; set one, for example 1");
        }
    }

    /**
     * Lets no zone be more than one machine ahead of the others.
     *
     * @return the spread, which is the default wherever one can be chosen
     */
    public static Spread even() {
        return within(1);
    }

    /**
     * Lets zones be some machines ahead of the zone that has fewest.
     *
     * @param maxSkew how many, at least 1
     * @return the spread
     * @throws IllegalArgumentException if it is below 1
     */
    public static Spread within(int maxSkew) {
        return new Spread(maxSkew, 1);
    }

    /**
     * Still goes where there are fewest, but puts up with any difference where that is not possible.
     *
     * @return the spread
     */
    public static Spread unlimited() {
        return within(UNLIMITED);
    }

    /**
     * Says how many zones there have to be.
     *
     * @param zones the least number of eligible zones, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if it is below 1, or above 1 without a {@code maxSkew}
     */
    public Spread withMinDomains(int zones) {
        return new Spread(maxSkew, zones);
    }

    /**
     * Tells whether a difference between zones may forbid to place a machine.
     *
     * @return false if any difference will do
     */
    public boolean isLimited() {
        return maxSkew != UNLIMITED;
    }
}
