package dev.foothold.bench.destroy;

import dev.foothold.destroy.DestroyParams;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Says what destroying a model has cost.
 *
 * @param seconds the time that passed
 * @param calls what the cloud was asked
 * @param heap the most that was alive in the heap, more than before, in bytes; 0 if it was not looked at
 */
record Emptied(double seconds, int calls, long heap) {

    /** How many calls are under way at once. */
    static final int AT_ONCE = 16;

    /**
     * Destroys a model, with its state in files.
     *
     * @param state a directory for the state
     * @param instances how many there are, and half as many volumes
     * @param faults how likely it is that a thing is not removed this time
     * @param latency how long a call takes
     * @param weighing whether the heap is looked at, which takes its time
     */
    static Emptied measure(Path state, int instances, double faults, Duration latency, boolean weighing)
            throws InterruptedException {
        ModelSettings model = ModelSettings.create("prod");
        Calls calls = new Calls(latency, weighing);
        LateCloud cloud = new LateCloud(model.owner().tags(), instances, volumes(instances), faults, calls);
        try (DefaultProvider provider = new DefaultProvider(cloud, model, Foothold.at(state))) {
            long before = weighing ? Calls.live() : 0;
            long start = System.nanoTime();
            // The cloud's listings are always true: nothing has to settle.
            DestroyReceipt receipt =
                    provider.destroyEnv(DestroyParams.defaults().atOnce(AT_ONCE).settlingFor(Duration.ZERO));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (cloud.left() > 0 || receipt.deleted().size() != instances + volumes(instances)) {
                throw new IllegalStateException(
                        cloud.left() + " things are left, and the receipt says: " + receipt.describe());
            }
            return new Emptied(seconds, calls.count(), weighing ? Math.max(0, calls.heap() - before) : 0);
        }
    }

    static int volumes(int instances) {
        return instances / 2;
    }

    /** Gives the fewest calls that remove everything and prove it, if nothing ever fails. */
    static int fewestCalls(int instances) {
        int volumes = volumes(instances);
        int firstListings = Paged.pages(instances) + Paged.pages(volumes);
        int emptyListings = 2 * 2;
        return removals(instances) + removals(volumes) + firstListings + emptyListings;
    }

    /**
     * Gives the shortest time in which those calls can be made, in seconds: stages that depend on each other, each of as
     * many calls at once as may be.
     */
    static double shortest(int instances, Duration latency) {
        int volumes = volumes(instances);
        int stages = listing(instances)
                + waves(removals(instances))
                + 1 // no instance is left
                + listing(volumes) // and meanwhile the proof that no instance is
                + waves(removals(volumes))
                + 2; // no volume is left, and the proof
        return stages * latency.toNanos() / 1e9;
    }

    /** The first page says how many others there are. */
    private static int listing(int count) {
        return 1 + waves(Paged.pages(count) - 1);
    }

    private static int removals(int count) {
        return Paged.ceil(count, LateCloud.BATCH);
    }

    private static int waves(int calls) {
        return Paged.ceil(calls, AT_ONCE);
    }
}
