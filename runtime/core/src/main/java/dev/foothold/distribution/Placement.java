package dev.foothold.distribution;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in which zones machines are to be placed, or from which they are to be removed, and why. Immutable. */
public final class Placement {

    private final String done;
    private final int asked;
    private final int count;
    private final List<ZoneShare> zones;
    private final Supplier<Stream<String>> assignments;

    Placement(String done, int asked, int count, List<ZoneShare> zones, Supplier<Stream<String>> assignments) {
        this.done = done;
        this.asked = asked;
        this.count = count;
        this.zones = zones;
        this.assignments = assignments;
    }

    /**
     * Explains the answer.
     *
     * @return every zone of the plan, in the order of their names: how many machines it has and will have, and why
     */
    public List<ZoneShare> zones() {
        return zones;
    }

    /**
     * Tells for how many machines there is a zone.
     *
     * @return how many are placed, or removed
     */
    public int count() {
        return count;
    }

    /**
     * Tells for how many machines there is none.
     *
     * @return how many were asked for and cannot be placed, or removed
     */
    public int missing() {
        return asked - count;
    }

    /**
     * Gives the zone of each machine, one after the other. However many there are, each is found when it is asked for; and
     * the first of them are the same however many more follow.
     *
     * @return names of zones, {@link #count()} of them; a new sequence each time
     */
    public Stream<String> assignments() {
        return assignments.get();
    }

    /**
     * Describes the answer for messages.
     *
     * @return one line, and one more for each zone
     */
    public String describe() {
        return "of " + asked + " machines, " + count + " can be " + done
                + zones.stream().map(zone -> "\n  " + zone.describe()).collect(Collectors.joining());
    }

    /**
     * Draws a bar for each zone, before and after, in ASCII: {@code #} for a machine that stays, {@code +} for one more,
     * {@code -} for one that goes.
     *
     * @return a line for each zone, each with its end
     */
    public String chart() {
        return chart(Chart.WIDTH, false);
    }

    /**
     * Draws a bar for each zone, before and after. Bars are as long as there are machines, or shorter, all in the same
     * proportion, so that the longest fits; the least change is seen.
     *
     * @param width how long a bar may be, at least 1
     * @param unicode whether blocks can be shown: full for machines that stay, dark for more, light for those that go
     * @return a line for each zone, each with its end; what could command a terminal is not in it
     * @throws IllegalArgumentException if the width is below 1
     */
    public String chart(int width, boolean unicode) {
        return Chart.draw(zones, width, unicode);
    }

    @Override
    public String toString() {
        return describe();
    }
}
