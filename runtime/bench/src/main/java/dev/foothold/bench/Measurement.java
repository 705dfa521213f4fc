package dev.foothold.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Sums up what something has cost several times; all in seconds.
 *
 * <p>The smallest value is what the thing itself costs, as other work on the machine only ever adds; the others say how
 * much there was of that.
 *
 * @param min the smallest
 * @param median the one in the middle, or between the two in the middle
 * @param max the largest
 * @param cpu the smallest time that processors worked; not a number if unknown
 */
public record Measurement(double min, double median, double max, double cpu) {

    /**
     * Sums up.
     *
     * @param costs at least one
     */
    public static Measurement of(List<Cost> costs) {
        double[] wall = costs.stream().mapToDouble(Cost::wall).sorted().toArray();
        int middle = wall.length / 2;
        double median = wall.length % 2 == 1 ? wall[middle] : (wall[middle - 1] + wall[middle]) / 2;
        double cpu = Arrays.stream(costs.stream().mapToDouble(Cost::cpu).toArray())
                .min()
                .orElseThrow();
        return new Measurement(wall[0], median, wall[wall.length - 1], cpu);
    }

    /**
     * Gives what each further one of many costs: what is more here than in a measurement of fewer, spread evenly.
     *
     * @param fewer what fewer of the same cost
     * @param more how many more there are here
     */
    public Measurement perFurther(Measurement fewer, int more) {
        return new Measurement(
                (min - fewer.min) / more,
                (median - fewer.median) / more,
                (max - fewer.max) / more,
                (cpu - fewer.cpu) / more);
    }
}
