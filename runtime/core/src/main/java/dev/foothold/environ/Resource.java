package dev.foothold.environ;

import dev.foothold.instance.InstanceId;
import dev.foothold.model.Tags;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a cloud says about one resource that is not an instance. Made by a provider's author:
 *
 * <pre>{@code
 * Resource.of(ResourceKind.VOLUME, "vol-1").named("data").attachedTo(InstanceId.of("i-1")).tagged(tags)
 * }</pre>
 *
 * @param kind what it is
 * @param id the cloud's name for it, never blank; unique among those of its kind
 * @param name what people call it; empty if nothing
 * @param instance the instance it is attached to, or null if it is free or can be attached to several
 * @param tags what the cloud keeps with it
 * @param created when it was made, or null if the cloud does not tell
 */
public record Resource(
        ResourceKind kind,
        String id,
        String name,
        @Nullable InstanceId instance,
        Tags tags,
        @Nullable Instant created) {

    /**
     * Creates a snapshot.
     *
     * @param kind what it is
     * @param id the cloud's name for it
     * @param name what people call it; empty if nothing
     * @param instance the instance it is attached to, or null
     * @param tags what the cloud keeps with it
     * @param created when it was made, or null if the cloud does not tell
     * @throws IllegalArgumentException if the id is blank
     */
    public Resource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tags, "tags");
        if (id.isBlank()) {
            throw new IllegalArgumentException("the id of a " + kind + " must not be blank");
        }
    }

    /**
     * Creates a snapshot of something whose age is not known.
     *
     * @param kind what it is
     * @param id the cloud's name for it
     * @param name what people call it; empty if nothing
     * @param instance the instance it is attached to, or null
     * @param tags what the cloud keeps with it
     * @throws IllegalArgumentException if the id is blank
     */
    public Resource(ResourceKind kind, String id, String name, @Nullable InstanceId instance, Tags tags) {
        this(kind, id, name, instance, tags, null);
    }

    /**
     * Starts a snapshot.
     *
     * @param kind what it is
     * @param id the cloud's name for it
     * @return a snapshot that knows no more than that
     * @throws IllegalArgumentException if the id is blank
     */
    public static Resource of(ResourceKind kind, String id) {
        return new Resource(kind, id, "", null, Tags.none());
    }

    /**
     * Sets what people call it.
     *
     * @param text the name
     * @return the changed copy
     */
    public Resource named(String text) {
        return new Resource(kind, id, text, instance, tags, created);
    }

    /**
     * Says which instance it is attached to.
     *
     * @param user the instance, or null for none
     * @return the changed copy
     */
    public Resource attachedTo(@Nullable InstanceId user) {
        return new Resource(kind, id, name, user, tags, created);
    }

    /**
     * Sets the tags.
     *
     * @param all what the cloud keeps with it
     * @return the changed copy
     */
    public Resource tagged(Tags all) {
        return new Resource(kind, id, name, instance, all, created);
    }

    /**
     * Says when it was made. What is not known to be old is never swept away.
     *
     * @param when the time, or null if the cloud does not tell
     * @return the changed copy
     */
    public Resource createdAt(@Nullable Instant when) {
        return new Resource(kind, id, name, instance, tags, when);
    }

    /**
     * Says which instance it is attached to.
     *
     * @return empty if it is free, or can be attached to several
     */
    public Optional<InstanceId> attachment() {
        return Optional.ofNullable(instance);
    }

    /**
     * Describes the resource for messages.
     *
     * @return for example {@code volume vol-1 "data"}
     */
    public String describe() {
        return kind + " " + id + (name.isEmpty() ? "" : " \"" + name + "\"");
    }
}
