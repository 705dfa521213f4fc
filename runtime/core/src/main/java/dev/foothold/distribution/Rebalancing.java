package dev.foothold.distribution;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Says which machines have to move so that zones are even again, and in which order that is done. Immutable. */
public final class Rebalancing {

    private final int moves;
    private final int surge;
    private final int skew;
    private final Spread spread;
    private final List<ZoneShare> zones;
    private final Supplier<Stream<String>> sources;
    private final Supplier<Stream<String>> targets;

    Rebalancing(
            int moves,
            int surge,
            int skew,
            Spread spread,
            List<ZoneShare> zones,
            Supplier<Stream<String>> sources,
            Supplier<Stream<String>> targets) {
        this.moves = moves;
        this.surge = surge;
        this.skew = skew;
        this.spread = spread;
        this.zones = zones;
        this.sources = sources;
        this.targets = targets;
    }

    /** What is done in one step. */
    public enum Action {
        /** A machine is started. */
        START,

        /** A machine is stopped. */
        STOP
    }

    /**
     * Starts or stops one machine.
     *
     * @param action which of the two
     * @param zone where
     */
    public record Step(Action action, String zone) {}

    /**
     * Explains the answer.
     *
     * @return every zone of the plan, in the order of their names: how many machines it has and will have, and why
     */
    public List<ZoneShare> zones() {
        return zones;
    }

    /**
     * Tells how many machines move.
     *
     * @return as few as there can be; 0 if it is even enough, or if the rules forbid every move that would help
     */
    public int moves() {
        return moves;
    }

    /**
     * Tells by how many machines the fullest zone will be ahead of the one that has fewest.
     *
     * @return the difference between eligible zones; the whole count of the fullest while there are fewer zones than the
     *     spread asks for
     */
    public int skew() {
        return skew;
    }

    /**
     * Tells whether it will be as even as was asked for.
     *
     * @return false if the rules do not allow that; {@link #zones()} says which
     */
    public boolean isWithinSpread() {
        return skew <= spread.maxSkew();
    }

    /**
     * Gives what is to be done, one step after the other: machines are started where there are fewest, no more at a time
     * than the surge allows, then as many are stopped where there are most, and so on. At no time are there fewer machines
     * than now. Each step is found when it is asked for.
     *
     * @return twice as many steps as there are {@link #moves()}; a new sequence each time
     */
    public Stream<Step> steps() {
        return StreamSupport.stream(
                Spliterators.spliterator(
                        new Waves(sources.get().iterator(), targets.get().iterator()),
                        2L * moves,
                        Spliterator.ORDERED | Spliterator.IMMUTABLE | Spliterator.NONNULL),
                false);
    }

    private final class Waves implements Iterator<Step> {

        private final Iterator<String> from;
        private final Iterator<String> to;
        private int running;
        private boolean starting = true;

        Waves(Iterator<String> from, Iterator<String> to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            return from.hasNext();
        }

        @Override
        public Step next() {
            if (starting && running < surge && to.hasNext()) {
                running++;
                return new Step(Action.START, to.next());
            }
            running--;
            starting = running == 0;
            return new Step(Action.STOP, from.next());
        }
    }

    /**
     * Describes the answer for messages.
     *
     * @return one line, and one more for each zone
     */
    public String describe() {
        return moves + (moves == 1 ? " machine moves" : " machines move") + ", at most " + surge
                + " at a time; then zones are "
                + skew + " apart" + (isWithinSpread() ? "" : ", which the rules do not let become " + spread.maxSkew())
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
     * Draws a bar for each zone, before and after, as {@link Placement#chart(int, boolean)} does.
     *
     * @param width how long a bar may be, at least 1
     * @param unicode whether blocks can be shown
     * @return a line for each zone, each with its end
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
