package dev.foothold.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Switches the faults of a cloud on and off while it works. Safe for use by several threads.
 *
 * <p>Faults of machines apply to those that are launched while they are on. Those that have to do with SSH or files need
 * machines: an inventory alone has neither.
 */
public final class Faults {
    private final Map<String, Fault> active = new ConcurrentSkipListMap<>();

    Faults() {}

    /**
     * Switches a fault on, in place of one that has the same name.
     *
     * @param fault what shall go wrong
     */
    public void inject(Fault fault) {
        active.put(fault.name(), fault);
    }

    /**
     * Switches a fault off.
     *
     * @param name the fault's {@link Fault#name()}; one that is not on is fine
     */
    public void lift(String name) {
        active.remove(name);
    }

    /** Switches every fault off. */
    public void liftAll() {
        active.clear();
    }

    /**
     * Lists what goes wrong now.
     *
     * @return the faults that are on, by name
     */
    public List<Fault> active() {
        return List.copyOf(active.values());
    }

    /**
     * Refuses instances in a zone from now on.
     *
     * @param zone the name of the zone
     */
    public void noCapacity(String zone) {
        inject(new Fault.NoCapacity(zone));
    }

    /**
     * Takes instances in a zone again.
     *
     * @param zone the name of the zone
     */
    public void capacity(String zone) {
        lift(new Fault.NoCapacity(zone).name());
    }

    boolean isFull(String zone) {
        return active.containsKey(new Fault.NoCapacity(zone).name());
    }

    <F extends Fault> Optional<F> on(Class<F> type) {
        return active.values().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The error that this call is to end with, if any; counts it. */
    Optional<Fault.CallFails> next(String operation) {
        String name = "call-fails/" + operation;
        Fault[] hit = new Fault[1];
        active.computeIfPresent(name, (unused, fault) -> {
            hit[0] = fault;
            Fault.CallFails calls = (Fault.CallFails) fault;
            return calls.times() > 1
                    ? new Fault.CallFails(operation, calls.code(), calls.times() - 1, calls.retryAfter())
                    : null;
        });
        return Optional.ofNullable((Fault.CallFails) hit[0]);
    }
}
