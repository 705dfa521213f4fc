package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.instance.InstanceId;
import java.util.List;
import java.util.stream.Collectors;

/** Tells that a model has its first machine already; nothing was done. */
public class AlreadyBootstrappedException extends FootholdException {

    private static final long serialVersionUID = 1L;

    private final transient List<InstanceId> instances;

    /**
     * Creates an exception.
     *
     * @param model the model's name
     * @param instances the machines it has
     */
    public AlreadyBootstrappedException(String model, List<InstanceId> instances) {
        super("model \"" + model + "\" is already bootstrapped: instance "
                + instances.stream().map(InstanceId::value).collect(Collectors.joining(", "))
                + "; destroy it first, or choose another model name");
        this.instances = List.copyOf(instances);
    }

    /**
     * Names the machines the model has.
     *
     * @return at least one instance
     */
    public List<InstanceId> instances() {
        return instances;
    }
}
