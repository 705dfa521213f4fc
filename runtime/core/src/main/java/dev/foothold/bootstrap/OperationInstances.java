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
 *
 * <p>A start whose answer never came may still come about. As long as there may be one, empty listings prove nothing: for
 * {@link #LATE} after an answer was lost, and for as long as a heartbeat may stand still after the death of a client that
 * had asked for an instance.
 */
final class OperationInstances {

    /** How long stopping goes on; failures are tried again until then. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long after an answer was lost the instance may still come to light. */
    static final Duration LATE = Duration.ofSeconds(3);

    /** How long listings may not show an instance that was started. */
    static final Duration LISTED_WITHIN = Duration.ofSeconds(15);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    private static final int EMPTY_LISTINGS = 2;

    private final Cloud cloud;
    private final OperationContext context;
    private final Tags mark;
    private final Set<InstanceId> known = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Instant doubtfulUntil;

    OperationInstances(Cloud cloud, OperationContext context) {
        this.cloud = cloud;
        this.context = context;
        this.mark = Tags.of(Owner.OPERATION, context.id());
    }

    /** Says how long stopping everything may take. */
    Duration budget() {
        Instant until = doubtfulUntil;
        Duration doubt = until == null
                ? Duration.ZERO
                : Duration.between(context.timeline().now(), until);
        return (doubt.isNegative() ? Duration.ZERO : doubt).plus(PATIENCE).plusSeconds(30);
    }

    /** Gives the tags that an instance of the operation is created with. */
    Tags tags() {
        return context.model().tags().with(mark);
    }

    /** Notes an instance that was started, in case listings do not show it yet when it has to be stopped. */
    void add(InstanceId id) {
        known.add(id);
    }

    /** Notes that there may be an instance whose id is not known, which comes to light within some time. */
    void doubt(Duration time) {
        Instant until = context.timeline().now().plus(time);
        Instant before = doubtfulUntil;
        doubtfulUntil = before != null && before.isAfter(until) ? before : until;
    }

    /** Tells whether there may be, or may have been, an instance whose id is not known. */
    boolean isDoubtful() {
        return doubtfulUntil != null;
    }

    /** Lists the operation's instances that are not being stopped. */
    List<Instance> listed() throws InterruptedException {
        return listed(cloud);
    }

    private List<Instance> listed(Cloud asked) throws InterruptedException {
        return asked.allInstances().stream()
                .filter(instance -> instance.tags().containsAll(mark))
                .filter(instance -> instance.status() != InstanceStatus.STOPPING)
                .toList();
    }

    /** Names the instances that were noted. */
    List<InstanceId> known() {
        return known.stream().sorted().toList();
    }

    /**
     * Stops the operation's instances, except some, until two listings in a row show no others.
     *
     * @throws CloudException if some are left when the patience is over; it names them
     * @throws InterruptedException if the caller was interrupted
     */
    void stopAllBut(Set<InstanceId> kept) throws InterruptedException {
        new Sweep(kept).run(known().stream().filter(id -> !kept.contains(id)).toList());
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
     * Stops everything but what was noted: what the cloud has started without our knowing, because its answer was lost.
     *
     * @throws CloudException if some are left when the patience is over; it names them
     * @throws InterruptedException if the caller was interrupted
     */
    void stopStrays() throws InterruptedException {
        new Sweep(Set.copyOf(known)).run(List.of());
    }

    private final class Sweep {

        private final Instant settled;
        private final Instant deadline;
        private final Set<InstanceId> keep;
        private final Set<InstanceId> stopped = new LinkedHashSet<>();
        private final Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        private @Nullable CloudException listingFailure;

        Sweep(Set<InstanceId> keep) {
            this.keep = keep;
            Instant now = context.timeline().now();
            Instant doubtful = doubtfulUntil;
            this.settled = doubtful == null || doubtful.isBefore(now) ? now : doubtful;
            this.deadline = settled.plus(PATIENCE);
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
                if (empty >= EMPTY_LISTINGS && !context.timeline().now().isBefore(settled)) {
                    return;
                }
                if (!context.timeline().now().isBefore(deadline)) {
                    throw failed(left);
                }
                pause = empty == 1 || pause.compareTo(LAST_PAUSE) >= 0 ? pause : pause.multipliedBy(2);
                if (empty >= EMPTY_LISTINGS) {
                    pause = notBeyondDoubt(pause);
                }
            }
        }

        /** When nothing is there, the end of the doubt is the moment to look for the last time. */
        private Duration notBeyondDoubt(Duration pause) {
            Duration doubt = Duration.between(context.timeline().now(), settled);
            return pause.compareTo(doubt) > 0 ? doubt : pause;
        }

        /** Gives the cloud with calls that are not repeated for longer than the patience lasts. */
        private Cloud inTime() {
            return cloud.within(Duration.between(context.timeline().now(), deadline));
        }

        /** Gives what is listed, and what was never stopped without a failure. */
        private Set<InstanceId> remaining() throws InterruptedException {
            Set<InstanceId> left = new LinkedHashSet<>(failures.keySet());
            try {
                listingFailure = null;
                listed(inTime()).stream()
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
