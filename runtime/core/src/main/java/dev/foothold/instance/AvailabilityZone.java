package dev.foothold.instance;

/**
 * Names a part of a cloud that fails on its own, and says whether machines can be started there now.
 *
 * @param name what the cloud calls it
 * @param available whether machines can be started in it
 */
public record AvailabilityZone(String name, boolean available) {

    /**
     * Makes a zone that is available.
     *
     * @param name what the cloud calls it
     * @return the zone
     */
    public static AvailabilityZone of(String name) {
        return new AvailabilityZone(name, true);
    }

    /**
     * Says that machines cannot be started in the zone now.
     *
     * @return the changed copy
     */
    public AvailabilityZone unavailable() {
        return new AvailabilityZone(name, false);
    }
}
