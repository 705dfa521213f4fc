package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what one operation has started by the tag it puts on, and takes it back. */
final class OperationInstances {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int EMPTY_LISTINGS = 2;

    private final Cloud cloud;
    private final OperationContext context;
    private final Tags mark;
    private final Set<InstanceId> known = new LinkedHashSet<>();

    OperationInstances(Cloud cloud, OperationContext context) {
        this.cloud = cloud;
        this.context = context;
        this.mark = Tags.of(Owner.OPERATION, context.id());
    }

    /** Gives the tags that an instance of the operation is created with. */
    Tags tags() {
        return context.model().tags().with(mark);
    }

    /** Notes an instance that was started, in case listings do not show it yet when it has to be stopped. */
    void add(InstanceId id) {
        known.add(id);
    }

    /**
     * Stops the operation's instances until two listings in a row show none. Whoever calls it bounds the time.
     *
     * @throws CloudException if one cannot be stopped
     * @throws InterruptedException if the caller was interrupted
     */
    void stopAll() throws InterruptedException {
        Set<InstanceId> all = new LinkedHashSet<>(known);
        all.addAll(list());
        List<InstanceId> left = List.copyOf(all);
        int empty = 0;
        while (empty < EMPTY_LISTINGS) {
            for (int start = 0; start < left.size(); start += cloud.maxBatch()) {
                stop(left.subList(start, Math.min(left.size(), start + cloud.maxBatch())));
            }
            // Also after an empty listing: a start that was interrupted may still be on its way.
            context.timeline().sleep(LOOK_AGAIN);
            left = list();
            empty = left.isEmpty() ? empty + 1 : 0;
        }
    }

    private List<InstanceId> list() throws InterruptedException {
        return cloud.allInstances().stream()
                .filter(instance -> instance.tags().containsAll(mark))
                .filter(instance -> instance.status() != InstanceStatus.STOPPING)
                .map(Instance::id)
                .distinct()
                .toList();
    }

    private void stop(List<InstanceId> batch) throws InterruptedException {
        Map<InstanceId, Exception> failures = cloud.stopInstances(batch);
        for (InstanceId id : batch) {
            Exception failure = failures.get(id);
            if (failure != null) {
                throw new CloudException(
                        CloudException.Kind.OTHER,
                        "instance " + id + " cannot be stopped: " + failure.getMessage(),
                        failure);
            }
            context.events().on(new Event.InstanceStopped(context.timeline().now(), id));
        }
    }
}
