package dev.foothold.destroy;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Says what is looked for that nobody remembers: things of one controller that belong to no model on record. Unless
 * {@link #removing()} is asked for, nothing is removed: a dry run.
 *
 * @param controllerUuid whose things; the value of the tag {@value dev.foothold.model.Owner#CONTROLLER_UUID} on them.
 *     What has another value is never touched
 * @param grace how old a thing has to be to count as forgotten; longer than any operation takes, and than clocks differ,
 *     for example a day
 * @param removes whether what is found is removed
 * @param patience how patiently each model is removed
 */
public record Sweep(UUID controllerUuid, Duration grace, boolean removes, DestroyParams patience) {

    /**
     * Creates a sweep.
     *
     * @param controllerUuid whose things
     * @param grace how old a thing has to be to count as forgotten
     * @param removes whether what is found is removed
     * @param patience how patiently each model is removed
     * @throws IllegalArgumentException if the grace time is not positive
     */
    public Sweep {
        Objects.requireNonNull(controllerUuid, "controllerUuid");
        Objects.requireNonNull(patience, "patience");
        if (grace.isNegative() || grace.isZero()) {
            throw new IllegalArgumentException("a sweep's grace time must be greater than zero, but is " + grace
                    + "; what is being made at this moment would look forgotten");
        }
    }

    /**
     * Describes a dry run.
     *
     * @param controllerUuid whose things
     * @param grace how old a thing has to be to count as forgotten
     * @return a sweep that only looks
     * @throws IllegalArgumentException if the grace time is not positive
     */
    public static Sweep of(UUID controllerUuid, Duration grace) {
        return new Sweep(controllerUuid, grace, false, DestroyParams.defaults());
    }

    /**
     * Removes what is found.
     *
     * @return the changed copy
     */
    public Sweep removing() {
        return new Sweep(controllerUuid, grace, true, patience);
    }

    /**
     * Sets how patiently each model is removed.
     *
     * @param params the patience
     * @return the changed copy
     */
    public Sweep with(DestroyParams params) {
        return new Sweep(controllerUuid, grace, removes, params);
    }
}
