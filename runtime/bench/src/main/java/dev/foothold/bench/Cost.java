package dev.foothold.bench;

/**
 * Says what something has cost once.
 *
 * @param wall seconds that passed
 * @param cpu seconds that processors worked for it in other processes; not a number if unknown
 */
public record Cost(double wall, double cpu) {

    /**
     * Measures one trial.
     *
     * @throws Exception as the trial does
     */
    public static Cost of(Trial trial) throws Exception {
        trial.prepare();
        double worked = Machine.secondsOfChildren();
        long start = System.nanoTime();
        trial.run();
        double wall = (System.nanoTime() - start) / 1e9;
        return new Cost(wall, Machine.secondsOfChildren() - worked);
    }
}
