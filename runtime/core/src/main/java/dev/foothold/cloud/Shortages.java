package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.machine.InstanceType;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while in which zone the cloud had no room, or no quota, for which size, so that the next machine is not
 * asked for there first. Thread-safe.
 */
public final class Shortages {

    /** How long a refusal is remembered. Room comes and goes within minutes. */
    public static final Duration MEMORY = Duration.ofMinutes(3);

    private final Timeline timeline;
    private final Map<Place, Instant> until = new ConcurrentHashMap<>();

    Shortages(Timeline timeline) {
        this.timeline = timeline;
    }

    private record Place(@Nullable String zone, @Nullable String type) {}

    /**
     * Tells whether the cloud refused such a machine not long ago.
     *
     * @param zone the availability zone, or null if the cloud has none
     * @param type the size, or null if the cloud lists none
     * @return true if it did, and has not accepted one since
     */
    public boolean has(@Nullable String zone, @Nullable InstanceType type) {
        Instant end = until.get(place(zone, type));
        return end != null && timeline.now().isBefore(end);
    }

    void refused(@Nullable String zone, @Nullable InstanceType type, CloudException refusal) {
        if (refusal.kind() == Kind.CAPACITY || refusal.kind() == Kind.QUOTA) {
            until.put(place(zone, type), timeline.now().plus(MEMORY));
        }
    }

    void accepted(@Nullable String zone, @Nullable InstanceType type) {
        until.remove(place(zone, type));
    }

    private static Place place(@Nullable String zone, @Nullable InstanceType type) {
        return new Place(zone, type == null ? null : type.name());
    }
}
