package dev.foothold.environ;

import dev.foothold.constraints.Constraints;
import dev.foothold.instance.Placement;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserData;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which instance to start. Made by Foothold; authors read it.
 *
 * @param owner whom the instance belongs to; {@link Owner#fullName()} is a name for resources of the whole model
 * @param displayName a name that tells the instance from others of the model, for consoles; letters, digits, hyphens
 * @param token identifies this start, for clouds with idempotent creation
 * @param userData what the machine is told at its first boot
 * @param tags to be put on the instance by the call that creates it
 * @param zoneName the availability zone, or null if the cloud has none
 * @param image the image to start from, or null if the environ lists none
 * @param instanceType the size, or null if the environ lists none
 * @param constraints what the machine has to be; zone, image and size have been chosen by them as far as Foothold knows
 *     how, the rest is the environ's to see to
 * @param placement where exactly the machine is to be, or null if nobody cares
 * @param rootDisk what the root disk is made of, or null if the constraints name no storage pool
 * @param scope takes note of what is made besides the instance
 */
public record StartInstanceParams(
        Owner owner,
        String displayName,
        IdempotencyToken token,
        UserData userData,
        Tags tags,
        @Nullable String zoneName,
        @Nullable ImageMetadata image,
        @Nullable InstanceType instanceType,
        Constraints constraints,
        @Nullable Placement placement,
        @Nullable RootDisk rootDisk,
        UndoScope scope) {

    /**
     * Creates parameters.
     *
     * @param owner whom the instance belongs to
     * @param displayName a name that tells the instance from others of the model, for consoles
     * @param token identifies this start, for clouds with idempotent creation
     * @param userData what the machine is told at its first boot
     * @param tags to be put on the instance by the call that creates it
     * @param zoneName the availability zone, or null if the cloud has none
     * @param image the image to start from, or null if the environ lists none
     * @param instanceType the size, or null if the environ lists none
     * @param constraints what the machine has to be
     * @param placement where exactly the machine is to be, or null if nobody cares
     * @param rootDisk what the root disk is made of, or null if the constraints name no storage pool
     * @param scope takes note of what is made besides the instance
     */
    public StartInstanceParams {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(userData, "userData");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(constraints, "constraints");
        Objects.requireNonNull(scope, "scope");
    }

    /**
     * Creates parameters of a machine of which nothing else is asked.
     *
     * @param owner whom the instance belongs to
     * @param displayName a name that tells the instance from others of the model, for consoles
     * @param token identifies this start, for clouds with idempotent creation
     * @param userData what the machine is told at its first boot
     * @param tags to be put on the instance by the call that creates it
     * @param zoneName the availability zone, or null if the cloud has none
     * @param image the image to start from, or null if the environ lists none
     * @param instanceType the size, or null if the environ lists none
     */
    public StartInstanceParams(
            Owner owner,
            String displayName,
            IdempotencyToken token,
            UserData userData,
            Tags tags,
            @Nullable String zoneName,
            @Nullable ImageMetadata image,
            @Nullable InstanceType instanceType) {
        this(
                owner,
                displayName,
                token,
                userData,
                tags,
                zoneName,
                image,
                instanceType,
                Constraints.none(),
                null,
                null,
                UndoScope.none());
    }

    /**
     * Gives the availability zone to start in.
     *
     * @return the zone's name; empty if the cloud has no zones
     */
    public Optional<String> zone() {
        return Optional.ofNullable(zoneName);
    }

    /**
     * Chooses the zone for one attempt.
     *
     * @param zone the zone's name, or null for none
     * @param attempt the token of this attempt
     * @return the changed copy
     */
    public StartInstanceParams in(@Nullable String zone, IdempotencyToken attempt) {
        return new StartInstanceParams(
                owner,
                displayName,
                attempt,
                userData,
                tags,
                zone,
                image,
                instanceType,
                constraints,
                placement,
                rootDisk,
                scope);
    }

    /**
     * Says who takes note of what is made besides the instance.
     *
     * @param other the scope
     * @return the changed copy
     */
    public StartInstanceParams noting(UndoScope other) {
        return new StartInstanceParams(
                owner,
                displayName,
                token,
                userData,
                tags,
                zoneName,
                image,
                instanceType,
                constraints,
                placement,
                rootDisk,
                other);
    }
}
