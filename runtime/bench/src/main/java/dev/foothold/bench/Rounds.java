package dev.foothold.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs trials side by side, so that what else happens on the machine happens to all of them. */
public final class Rounds {

    private Rounds() {}

    /**
     * Runs each trial once a round, a different one first in each.
     *
     * @param rounds how many
     * @param trials at least one
     * @return by name, in the order given
     * @throws Exception as the first trial that fails does
     */
    public static Map<String, Measurement> run(int rounds, List<? extends Trial> trials) throws Exception {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        trials.forEach(trial -> costs.put(trial.name(), new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            List<Trial> order = new ArrayList<>(trials);
            Collections.rotate(order, -round);
            for (Trial trial : order) {
                costs.get(trial.name()).add(Cost.of(trial));
            }
        }
        Map<String, Measurement> measured = new LinkedHashMap<>();
        costs.forEach((name, each) -> measured.put(name, Measurement.of(each)));
        return measured;
    }
}
