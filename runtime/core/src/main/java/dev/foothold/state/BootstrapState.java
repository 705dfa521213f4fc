package dev.foothold.state;

import dev.foothold.instance.InstanceId;
import java.util.List;

/**
 * Holds what the state file of a model says: which instances were started for its controller.
 *
 * @param instances their ids in the order of the file
 */
public record BootstrapState(List<InstanceId> instances) {

    /**
     * Creates a state; the list is copied.
     *
     * @param instances their ids in the order of the file
     */
    public BootstrapState {
        instances = List.copyOf(instances);
    }

    /**
     * Makes a state.
     *
     * @param instances the ids in order
     * @return the state
     */
    public static BootstrapState of(InstanceId... instances) {
        return new BootstrapState(List.of(instances));
    }
}
