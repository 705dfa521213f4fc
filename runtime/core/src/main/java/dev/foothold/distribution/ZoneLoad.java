package dev.foothold.distribution;

import java.util.Objects;

/**
 * Says how many machines a zone has, and what a plan may do with it.
 *
 * @param zone the zone, never blank: the empty name is not a zone
 * @param population how many machines it has
 * @param cap how many it may have when one more is placed; {@link #NO_CAP} by default. A zone that has more keeps them
 * @param standing whether machines may be placed there, and whether it counts
 * @param reason why it is not {@link Standing#OPEN}, for people; empty if it is
 */
public record ZoneLoad(String zone, int population, int cap, Standing standing, String reason) {

    /** The {@link #cap} of a zone that may have any number of machines. */
    public static final int NO_CAP = Integer.MAX_VALUE;

    /** What a plan may do with a zone. */
    public enum Standing {
        /** Machines may be placed there. */
        OPEN,

        /** None may be placed there, but it counts: others must not get too far ahead of it. */
        AVOIDED,

        /** As if it were not there: it is shown, and changes nothing for the others. */
        INELIGIBLE
    }

    /**
     * Creates a description.
     *
     * @param zone the zone
     * @param population how many machines it has
     * @param cap how many it may have when one more is placed
     * @param standing whether machines may be placed there, and whether it counts
     * @param reason why it is not open
     * @throws IllegalArgumentException if the name is blank, or a number negative; the message names the zone
     */
    public ZoneLoad {
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(reason, "reason");
        if (zone.isBlank()) {
            throw new IllegalArgumentException(
                    "the empty name is not a zone; leave out machines whose zone is unknown");
        }
        if (population < 0) {
            throw new IllegalArgumentException(
                    "zone \"" + zone + "\" cannot have " + population + " machines; the population is 0 or more");
        }
        if (cap < 0) {
            throw new IllegalArgumentException("the cap of zone \"" + zone + "\" is " + cap
                    + "; a cap is 0 or more, and 0 lets nothing be placed there");
        }
    }

    /**
     * Describes a zone that is open and has no cap.
     *
     * @param zone the zone
     * @param population how many machines it has
     * @return the description
     * @throws IllegalArgumentException if the name is blank, or the number negative
     */
    public static ZoneLoad of(String zone, int population) {
        return new ZoneLoad(zone, population, NO_CAP, Standing.OPEN, "");
    }

    /**
     * Limits how many machines the zone may have.
     *
     * @param most the most that it may have when one more is placed
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public ZoneLoad withCap(int most) {
        return new ZoneLoad(zone, population, most, standing, reason);
    }

    /**
     * Has nothing placed in the zone, which still counts: others must not get further ahead of it than the spread allows.
     *
     * @param why for people, for example {@code no room}
     * @return the changed copy
     */
    public ZoneLoad avoided(String why) {
        return new ZoneLoad(zone, population, cap, Standing.AVOIDED, why);
    }

    /**
     * Has the zone changed nothing, as if it were not there.
     *
     * @param why for people, for example {@code unavailable}
     * @return the changed copy
     */
    public ZoneLoad ineligible(String why) {
        return new ZoneLoad(zone, population, cap, Standing.INELIGIBLE, why);
    }
}
