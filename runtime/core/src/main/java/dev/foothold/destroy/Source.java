package dev.foothold.destroy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.Resources;
import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** How the things of one kind are listed and removed. Its calls are made once; whoever calls repeats what failed. */
interface Source {

    ResourceKind kind();

    /** Says which other kinds, besides instances, may use these things. */
    List<ResourceKind> users();

    /** Says how many are removed in one call. */
    int maxBatch();

    /** Lists them; calls are repeated for that long if that may help. */
    List<Thing> list(Duration budget) throws InterruptedException;

    /** Removes some; gives the failures of single ones by their ids. */
    Map<String, Exception> remove(List<Thing> batch) throws InterruptedException;

    /** Gives instances, and all other kinds that the cloud has. */
    static List<Source> of(Cloud cloud, Collection<InstanceId> recorded) throws InterruptedException {
        List<Source> sources =
                new ArrayList<>(List.of(new Instances(cloud, List.copyOf(recorded), id -> true, cloud.maxBatch())));
        if (cloud.resources().isPresent()) {
            Resources resources = cloud.resources().get();
            try {
                for (ResourceKind kind : resources.kinds()) {
                    sources.add(new Others(cloud, kind, resources.users(kind), resources.maxBatch(kind)));
                }
            } catch (FootholdException e) {
                sources.add(new Unnamed(e));
            }
        }
        return sources;
    }

    /**
     * Whatever else there may be, if the environ does not say what that is.
     *
     * @param failure what it said instead
     */
    record Unnamed(FootholdException failure) implements Source {

        @Override
        public ResourceKind kind() {
            return ResourceKind.of("other resource");
        }

        @Override
        public List<ResourceKind> users() {
            return List.of();
        }

        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public List<Thing> list(Duration budget) {
            throw failure;
        }

        @Override
        public Map<String, Exception> remove(List<Thing> batch) {
            throw failure;
        }
    }

    /** Instances that are wanted. A listing may lag behind; those on record are looked up as well. */
    record Instances(Cloud cloud, List<InstanceId> recorded, Predicate<InstanceId> wanted, int maxBatch)
            implements Source {

        @Override
        public ResourceKind kind() {
            return Thing.INSTANCE;
        }

        @Override
        public List<ResourceKind> users() {
            return List.of();
        }

        @Override
        public List<Thing> list(Duration budget) throws InterruptedException {
            Cloud patient = cloud.within(budget);
            Map<InstanceId, Thing> all = new LinkedHashMap<>();
            patient.allInstances().forEach(instance -> all.put(instance.id(), Thing.of(instance)));
            patient.instances(recorded).forEach((id, instance) -> all.putIfAbsent(id, Thing.of(instance)));
            all.keySet().removeIf(wanted.negate());
            return List.copyOf(all.values());
        }

        @Override
        public Map<String, Exception> remove(List<Thing> batch) throws InterruptedException {
            Map<String, Exception> failures = new LinkedHashMap<>();
            cloud.within(Duration.ZERO)
                    .stopInstances(batch.stream()
                            .map(thing -> InstanceId.of(thing.id()))
                            .toList())
                    .forEach((id, failure) -> failures.put(id.value(), failure));
            return failures;
        }
    }

    /** Any other kind. */
    record Others(Cloud cloud, ResourceKind kind, List<ResourceKind> users, int maxBatch) implements Source {

        @Override
        public List<Thing> list(Duration budget) throws InterruptedException {
            return resources(budget).resources(kind).stream().map(Thing::of).toList();
        }

        @Override
        public Map<String, Exception> remove(List<Thing> batch) throws InterruptedException {
            Map<String, Exception> failures = new LinkedHashMap<>();
            resources(Duration.ZERO)
                    .deleteAll(batch.stream()
                            .map(thing -> Objects.requireNonNull(thing.resource()))
                            .toList())
                    .forEach((resource, failure) -> failures.put(resource.id(), failure));
            return failures;
        }

        private Resources resources(Duration budget) {
            return cloud.within(budget).resources().orElseThrow();
        }
    }
}
