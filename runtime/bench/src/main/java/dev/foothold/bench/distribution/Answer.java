package dev.foothold.bench.distribution;

import dev.foothold.bench.Trial;
import dev.foothold.distribution.AvailabilityZoneInstances;
import dev.foothold.distribution.Distribution;
import dev.foothold.distribution.DistributionRequest;
import dev.foothold.distribution.ZoneAllocations;
import dev.foothold.instance.InstanceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Asks something about an inventory, and keeps the answer. */
final class Answer implements Trial {

    static final String COUNT = "HashMap counting pass";
    static final String ALLOCATIONS = "Foothold, allocations";
    static final String OURS = "Foothold, allocations and choice";
    static final String ORIGINAL = "the original's rule";

    private final String name;
    private final Callable<?> question;
    private Object answer = "";

    private Answer(String name, Callable<?> question) {
        this.name = name;
        this.question = question;
    }

    static List<Answer> all(Inventory inventory) {
        return List.of(
                new Answer(COUNT, () -> counted(inventory)),
                new Answer(ALLOCATIONS, () -> allocations(inventory)),
                new Answer(
                        OURS,
                        () -> Distribution.distributeInstances(
                                allocations(inventory),
                                inventory.candidateZones(),
                                DistributionRequest.of(inventory.candidates()))),
                new Answer(ORIGINAL, () -> original(inventory)));
    }

    /** The least there is to it: how many machines are in each zone, without knowing which. */
    private static Map<String, Integer> counted(Inventory inventory) {
        Map<String, Integer> counts = new HashMap<>();
        for (InstanceId id : inventory.group()) {
            counts.merge(inventory.groupZones().get(id), 1, Integer::sum);
        }
        return counts;
    }

    private static List<AvailabilityZoneInstances> allocations(Inventory inventory) {
        return ZoneAllocations.of(inventory.zones(), inventory.groupZones(), inventory.group());
    }

    /**
     * Takes a candidate whose id would find a place within the sorted ids of those of the group that are in the emptiest
     * zones, whether or not it is one of them, and never asks in which zone it is.
     */
    private static List<InstanceId> original(Inventory inventory) {
        List<AvailabilityZoneInstances> allocations = allocations(inventory);
        List<InstanceId> there = new ArrayList<>();
        for (AvailabilityZoneInstances zone : allocations) {
            if (zone.count() == allocations.get(0).count()) {
                there.addAll(zone.instances());
            }
        }
        Collections.sort(there);
        List<InstanceId> chosen = new ArrayList<>();
        for (InstanceId candidate : inventory.candidates()) {
            int found = Collections.binarySearch(there, candidate);
            if ((found < 0 ? -found - 1 : found) < there.size()) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() {}

    @Override
    public void run() throws Exception {
        answer = question.call();
    }

    /** Gives the last answer. */
    Object answer() {
        return answer;
    }
}
