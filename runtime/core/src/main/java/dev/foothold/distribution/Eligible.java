package dev.foothold.distribution;

import dev.foothold.distribution.ZoneLoad.Standing;
import dev.foothold.distribution.ZoneShare.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The zones that count, numbered in the order of their names, and how many machines the rules let each have. */
final class Eligible {

    private final List<ZoneLoad> loads;
    private final Spread spread;
    private final int[] populations;
    /** How many each zone may have in the end: what it has, if more is forbidden. */
    private final int[] limits;
    /** How many no zone may exceed, because there is one that cannot have more; {@link Long#MAX_VALUE} for any number. */
    private final long ceiling;

    Eligible(List<ZoneLoad> loads, Spread spread) {
        this.loads = loads;
        this.spread = spread;
        this.populations = loads.stream().mapToInt(ZoneLoad::population).toArray();
        int[] caps = loads.stream().mapToInt(Eligible::ownLimit).toArray();
        long lowestInTheEnd = isTooFew() ? 0 : lowest(caps);
        this.ceiling = spread.isLimited() && (isTooFew() || lowestInTheEnd != ZoneLoad.NO_CAP)
                ? lowestInTheEnd + spread.maxSkew()
                : Long.MAX_VALUE;
        this.limits = IntStream.range(0, caps.length)
                .map(zone -> (int) Math.max(populations[zone], Math.min(caps[zone], ceiling)))
                .toArray();
    }

    /** Gives how many a zone may have, whatever the others have. */
    private static int ownLimit(ZoneLoad load) {
        return load.standing() == Standing.AVOIDED ? load.population() : Math.max(load.population(), load.cap());
    }

    private boolean isTooFew() {
        return loads.size() < spread.minDomains();
    }

    int size() {
        return loads.size();
    }

    int population(int zone) {
        return populations[zone];
    }

    String name(int zone) {
        return loads.get(zone).zone();
    }

    /** Gives how many machines there are. */
    long total() {
        return Arrays.stream(populations).asLongStream().sum();
    }

    Columns toBeFilled() {
        return new Columns(populations, limits);
    }

    /** Taking away is filling, seen upside down and from the right. */
    Columns toBeEmptied() {
        return new Columns(mirrored(populations), new int[populations.length]);
    }

    /** Turns counts upside down and the zones around, and back. */
    int[] mirrored(int[] counts) {
        return IntStream.range(0, counts.length)
                .map(zone -> -counts[opposite(zone)])
                .toArray();
    }

    int opposite(int zone) {
        return populations.length - 1 - zone;
    }

    /** Gives by how many the fullest zone is ahead of the one that counts as the lowest. */
    int skew(int[] counts) {
        int lowest = isTooFew() ? 0 : lowest(counts);
        return counts.length == 0 ? 0 : Arrays.stream(counts).max().getAsInt() - lowest;
    }

    private static int lowest(int[] counts) {
        return Arrays.stream(counts).min().orElse(ZoneLoad.NO_CAP);
    }

    /** Finds out how many machines have to move, from what moves would have led to: if one more helps, so did all before. */
    int moves(Columns sources, Columns targets) {
        int enough = spread.isLimited() ? (int) total() : 0;
        int tooFew = 0;
        while (tooFew < enough) {
            int middle = (tooFew + enough) >>> 1;
            if (anotherMoveHelps(sources.level(middle), targets.level(middle))) {
                tooFew = middle + 1;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    private boolean anotherMoveHelps(Columns.Level emptied, Columns.Level filled) {
        if (emptied.isFull() || filled.isFull()) {
            return false;
        }
        int fullest = -emptied.height();
        int target = filled.height();
        int lowest = isTooFew() ? 0 : Math.min(target, lowest(limits));
        return fullest - lowest > spread.maxSkew() && fullest - target >= 2;
    }

    /** Says what forbids that a zone gets another machine, however many are placed. */
    Rule rule(int zone, int count) {
        ZoneLoad load = loads.get(zone);
        if (load.standing() == Standing.AVOIDED) {
            return Rule.AVOID;
        }
        if (count >= load.cap() && load.cap() != ZoneLoad.NO_CAP) {
            return Rule.CAP;
        }
        if (count >= ceiling) {
            return isTooFew() ? Rule.MIN_DOMAINS : Rule.MAX_SKEW;
        }
        return Rule.NONE;
    }

    String reason(int zone, Rule rule) {
        return switch (rule) {
            case AVOID -> "avoided: " + loads.get(zone).reason();
            case CAP -> "full: its cap is " + loads.get(zone).cap();
            case MAX_SKEW -> "maxSkew is " + spread.maxSkew() + ", and " + lowestInTheEnd();
            case MIN_DOMAINS ->
                "minDomains is " + spread.minDomains() + " and there "
                        + (size() == 1 ? "is 1 zone" : "are " + size() + " zones") + ", so each may have "
                        + spread.maxSkew();
            case NONE, INELIGIBLE -> "";
        };
    }

    private String lowestInTheEnd() {
        long lowest = ceiling - spread.maxSkew();
        return loads.stream()
                .filter(load -> ownLimit(load) == lowest)
                .findFirst()
                .map(load -> "zone \"" + load.zone() + "\" can have no more than " + lowest)
                .orElseThrow();
    }
}
