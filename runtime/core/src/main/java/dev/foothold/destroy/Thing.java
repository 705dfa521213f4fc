package dev.foothold.destroy;

import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance or another resource, as far as removing it is concerned.
 *
 * @param kind what it is
 * @param id the cloud's name for it
 * @param name what people call it; empty if nothing
 * @param user the instance that alone uses it, or null
 * @param created when it was made, or null if that is not known
 * @param resource as it was listed; null for an instance
 */
record Thing(
        ResourceKind kind,
        String id,
        String name,
        @Nullable InstanceId user,
        @Nullable Instant created,
        @Nullable Resource resource) {

    static final ResourceKind INSTANCE = ResourceKind.of("instance");

    static Thing of(Instance instance) {
        return new Thing(INSTANCE, instance.id().value(), "", null, instance.launchTime(), null);
    }

    static Thing of(Resource resource) {
        return new Thing(
                resource.kind(), resource.id(), resource.name(), resource.instance(), resource.created(), resource);
    }
}
