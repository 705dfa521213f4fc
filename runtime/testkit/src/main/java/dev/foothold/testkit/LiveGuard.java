package dev.foothold.testkit;

import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps a run in a real account within its bounds, and has everything removed when they are reached or it is aborted. */
final class LiveGuard {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Removes what a run has started. */
    @FunctionalInterface
    interface Sweep {
        void run() throws Exception;
    }

    /** One start, and what came of it. */
    private static final class Place {
        private final long since = System.nanoTime();
        private @Nullable InstanceId id;
    }

    private final @Nullable LiveBounds bounds;
    private final Sweep sweep;
    private final Callable<List<Instance>> listing;
    private final Duration settling;
    private final Thread onAbort;
    private final Thread atTheEnd;
    private final List<Place> places = new ArrayList<>();
    private volatile boolean over;

    private LiveGuard(@Nullable LiveBounds bounds, Sweep sweep, Callable<List<Instance>> listing, Duration settling) {
        this.bounds = bounds;
        this.sweep = sweep;
        this.listing = listing;
        this.settling = settling;
        this.onAbort = new Thread(() -> remove("was aborted"), "foothold-contract-abort");
        this.atTheEnd = new Thread(this::watch, "foothold-contract-bounds");
        this.atTheEnd.setDaemon(true);
    }

    /** Guards nothing: there is nothing to pay. */
    static LiveGuard none() {
        return new LiveGuard(null, () -> {}, List::of, Duration.ZERO);
    }

    /**
     * Guards a run.
     *
     * @param bounds what it may cost
     * @param sweep removes all it has started
     * @param listing lists all it has started
     * @param settling how long that may lag behind
     */
    static LiveGuard within(LiveBounds bounds, Sweep sweep, Callable<List<Instance>> listing, Duration settling) {
        return new LiveGuard(bounds, sweep, listing, settling);
    }

    /** Says what the run may cost, before anything is started. */
    void begin() {
        if (bounds != null) {
            System.out.println("Contract, live: " + bounds.describe() + ".");
            Runtime.getRuntime().addShutdownHook(onAbort);
            atTheEnd.start();
        }
    }

    void end() {
        if (bounds != null && !over) {
            atTheEnd.interrupt();
            Runtime.getRuntime().removeShutdownHook(onAbort);
        }
    }

    private void watch() {
        try {
            Thread.sleep(bounds == null ? 0 : bounds.time().toMillis());
        } catch (InterruptedException e) {
            // The run has ended in time.
            return;
        }
        over = true;
        remove("has taken all the time that it may take");
    }

    private void remove(String why) {
        over = true;
        System.err.println("The contract's run " + why + "; what it has started is being removed.");
        try {
            sweep.run();
            System.err.println("Nothing of it is left.");
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            System.err.println(e);
        }
    }

    /** Starts one instance when there is room for it. */
    Instance start(Callable<Instance> start) throws Exception {
        if (bounds == null) {
            return start.call();
        }
        Place place = awaitPlace(bounds.instances());
        Instance started = start.call();
        synchronized (places) {
            place.id = started.id();
        }
        return started;
    }

    private Place awaitPlace(int most) throws Exception {
        while (true) {
            if (over) {
                throw new IllegalStateException("the run is over, and nothing is started any more");
            }
            Set<InstanceId> there = listing.call().stream().map(Instance::id).collect(Collectors.toSet());
            synchronized (places) {
                places.removeIf(place -> isOver(place, there));
                if (Math.max(places.size(), there.size()) < most) {
                    Place place = new Place();
                    places.add(place);
                    return place;
                }
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    /** What is not listed after the settling time does not exist. */
    private boolean isOver(Place place, Set<InstanceId> there) {
        return System.nanoTime() - place.since > settling.toNanos() && (place.id == null || !there.contains(place.id));
    }
}
