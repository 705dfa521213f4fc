package dev.foothold.bench.reach;

import java.util.List;

/**
 * Sums up how late a machine was found to be there; all in seconds.
 *
 * @param trials how often that was measured
 * @param mean the arithmetic mean
 * @param p95 what 95 of 100 did not exceed
 * @param max the worst
 */
record Lateness(int trials, double mean, double p95, double max) {

    /**
     * Sums up.
     *
     * @param seconds at least one
     */
    static Lateness of(List<Double> seconds) {
        double[] sorted =
                seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Lateness(
                sorted.length,
                seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
                sorted[sorted.length - 1]);
    }
}
