package dev.foothold.distribution;

/**
 * Explains what a plan does with one zone.
 *
 * @param zone the zone
 * @param before how many machines it has
 * @param after how many it will have
 * @param rule what forbids that it gets more, however many are asked for; {@link Rule#NONE} if nothing does
 * @param why why it changes as it does, or does not, for people; where a rule forbids more it says which, with its
 *     numbers, and the zone that is to blame if it is another one
 */
public record ZoneShare(String zone, int before, int after, Rule rule, String why) {

    /** What may forbid that a zone gets another machine. */
    public enum Rule {
        /** Nothing: it gets one when its turn comes. */
        NONE,

        /** It has as many as its cap allows. */
        CAP,

        /** It is {@linkplain ZoneLoad.Standing#AVOIDED avoided}. */
        AVOID,

        /** It would be too far ahead of a zone that cannot get more. */
        MAX_SKEW,

        /** There are fewer eligible zones than the spread asks for, and it has as many as each may have then. */
        MIN_DOMAINS,

        /** It is {@linkplain ZoneLoad.Standing#INELIGIBLE not eligible}. */
        INELIGIBLE
    }

    /**
     * Gives the difference.
     *
     * @return how many machines more it will have; negative if fewer
     */
    public int change() {
        return after - before;
    }

    /**
     * Describes the zone for messages.
     *
     * @return one line, for example {@code zone "a": 2 → 3, fewest first}
     */
    public String describe() {
        return "zone \"" + zone + "\": " + (change() == 0 ? before : before + " → " + after) + ", " + why;
    }
}
