package dev.foothold.bench.distribution;

import dev.foothold.bench.Trial;
import dev.foothold.distribution.Placement;
import dev.foothold.distribution.ZonePlan;
import java.util.Iterator;
import java.util.List;

/** Plans where as many machines go as there are, and does something with the plan, several times. */
final class Planned implements Trial {

    static final String COUNTS = "counts and explanations";
    static final String SEQUENCE = "sequence, each machine";
    static final String ITERATOR = "sequence by an iterator, each machine";

    private static final int TIMES = 20;

    private final String name;
    private final long each;
    private final Work work;
    private long seen;

    /** Does what is measured, and gives a number that depends on all of it. */
    private interface Work {
        long run();
    }

    private Planned(String name, long each, Work work) {
        this.name = name;
        this.each = each;
        this.work = work;
    }

    static List<Planned> all(Inventory inventory) {
        ZonePlan plan = ZonePlan.of(inventory.zones(), inventory.groupZones(), inventory.group());
        int count = inventory.group().size();
        Placement placement = plan.place(count);
        return List.of(
                new Planned(COUNTS, 1, () -> plan.place(count).zones().size()),
                new Planned(SEQUENCE, count, () -> {
                    long[] length = {0};
                    placement.assignments().forEach(zone -> length[0] += zone.length());
                    return length[0];
                }),
                new Planned(ITERATOR, count, () -> {
                    long length = 0;
                    for (Iterator<String> zones = placement.assignments().iterator(); zones.hasNext(); ) {
                        length += zones.next().length();
                    }
                    return length;
                }));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() {}

    @Override
    public void run() {
        for (int i = 0; i < TIMES; i++) {
            seen += work.run();
        }
        if (seen == 0) {
            throw new IllegalStateException(name + ": nothing was planned");
        }
    }

    /** Gives how often the thing whose time is told is done in a run. */
    long each() {
        return TIMES * each;
    }
}
