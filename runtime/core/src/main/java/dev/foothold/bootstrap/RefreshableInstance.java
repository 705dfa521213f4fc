package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.environ.CloudException;
import dev.foothold.instance.Instance;
import java.util.List;
import java.util.Objects;

/** Holds what is known about an instance, and asks again. Thread-safe. */
public final class RefreshableInstance implements InstanceRefresher {

    private final Cloud cloud;
    private volatile Instance instance;

    /**
     * Creates a holder.
     *
     * @param instance what is known now
     * @param cloud where to ask
     */
    public RefreshableInstance(Instance instance, Cloud cloud) {
        this.instance = Objects.requireNonNull(instance, "instance");
        this.cloud = Objects.requireNonNull(cloud, "cloud");
    }

    /**
     * Gives what was known last.
     *
     * @return the newest snapshot
     */
    public Instance instance() {
        return instance;
    }

    @Override
    public Instance refresh() throws InterruptedException {
        Instance fresh = cloud.instances(List.of(instance.id())).get(instance.id());
        if (fresh == null) {
            throw new CloudException(
                    CloudException.Kind.NOT_FOUND, "the cloud does not list instance " + instance.id() + " (yet)");
        }
        instance = fresh;
        return fresh;
    }
}
