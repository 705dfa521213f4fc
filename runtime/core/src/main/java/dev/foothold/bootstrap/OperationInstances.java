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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what one operation has started, by the tag it puts on and by what it was told, and takes it back. Instances may
 * be added by any task; stopping belongs to one.
 */
final class OperationInstances {

    /** How long stopping goes on; failures are tried again until then. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    private static final int EMPTY_LISTINGS = 2;

    private final Cloud cloud;
    private final OperationContext context;
    private final Tags mark;
    private final Set<InstanceId> known = ConcurrentHashMap.newKeySet();

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

    /** Names the instances that were noted. */
    List<InstanceId> known() {
        return known.stream().sorted().toList();
    }

    /**
     * Stops the operation's instances until two listings in a row show none.
     *
     * @throws CloudException if some are left when the patience is over; it names them
     * @throws InterruptedException if the caller was interrupted
     */
    void stopAll() throws InterruptedException {
        new Sweep(Set.of()).run(known());
    }

    /**
     * Stops what the cloud started without our knowing, because its answer was lost.
     *
     * @throws CloudException if some are left when the patience is over; it names them
     * @throws InterruptedException if the caller was interrupted
     */
    void stopStrays() throws InterruptedException {
        new Sweep(Set.copyOf(known)).run(List.of());
    }

    private final class Sweep {

        private final Instant deadline = context.timeline().now().plus(PATIENCE);
        private final Set<InstanceId> keep;
        private final Set<InstanceId> stopped = new LinkedHashSet<>();
        private final Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        private @Nullable CloudException listingFailure;

        Sweep(Set<InstanceId> keep) {
            this.keep = keep;
        }

        void run(List<InstanceId> first) throws InterruptedException {
            Set<InstanceId> left = new LinkedHashSet<>(first);
            Duration pause = FIRST_PAUSE;
            int empty = 0;
            while (true) {
                stop(left);
                // Also after an empty listing: a start whose answer was lost may still be on its way.
                context.timeline().sleep(pause);
                left = remaining();
                empty = left.isEmpty() && listingFailure == null ? empty + 1 : 0;
                if (empty == EMPTY_LISTINGS) {
                    return;
                }
                if (!context.timeline().now().isBefore(deadline)) {
                    throw failed(left);
                }
                pause = empty > 0 || pause.compareTo(LAST_PAUSE) >= 0 ? pause : pause.multipliedBy(2);
            }
        }

        /** Gives the cloud with calls that are not repeated for longer than the patience lasts. */
        private Cloud inTime() {
            Duration left = Duration.between(context.timeline().now(), deadline);
            return cloud.withCallBudget(left.isNegative() ? Duration.ZERO : left);
        }

        /** Gives what is listed, and what was never stopped without a failure. */
        private Set<InstanceId> remaining() throws InterruptedException {
            Set<InstanceId> left = new LinkedHashSet<>(failures.keySet());
            try {
                listingFailure = null;
                inTime().allInstances().stream()
                        .filter(instance -> instance.tags().containsAll(mark))
                        .filter(instance -> instance.status() != InstanceStatus.STOPPING)
                        .map(Instance::id)
                        .filter(id -> !keep.contains(id))
                        .forEach(left::add);
            } catch (CloudException e) {
                listingFailure = e;
            }
            return left;
        }

        private void stop(Set<InstanceId> ids) throws InterruptedException {
            List<InstanceId> all = new ArrayList<>(ids);
            int size = all.isEmpty() ? 1 : cloud.maxBatch();
            for (int start = 0; start < all.size(); start += size) {
                List<InstanceId> batch = all.subList(start, Math.min(all.size(), start + size));
                Map<InstanceId, Exception> failed = new LinkedHashMap<>();
                try {
                    failed.putAll(inTime().stopInstances(batch));
                } catch (CloudException e) {
                    batch.forEach(id -> failed.put(id, e));
                }
                for (InstanceId id : batch) {
                    Exception failure = failed.get(id);
                    if (failure != null) {
                        failures.put(id, failure);
                    } else {
                        failures.remove(id);
                        if (stopped.add(id)) {
                            context.tell((at, origin) -> new Event.InstanceStopped(at, origin, id));
                        }
                    }
                }
            }
        }

        private CloudException failed(Set<InstanceId> left) {
            CloudException failure = new CloudException(
                    CloudException.Kind.OTHER,
                    left.isEmpty()
                            ? "it cannot be told whether instances tagged " + mark + " are left"
                            : "instances are left: " + left,
                    listingFailure);
            failures.values().forEach(failure::addSuppressed);
            return failure;
        }
    }
}
