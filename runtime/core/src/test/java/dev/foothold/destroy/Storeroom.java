package dev.foothold.destroy;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cloud of instances and other things that does what it is told to, and writes down what it was asked. */
final class Storeroom implements Environ, HasResources {

    /** Answers a call about a thing: null lets it go. */
    interface Answer extends Function<Integer, @Nullable Exception> {}

    private final Timeline timeline;
    final Map<String, Instance> instances = new LinkedHashMap<>();
    final Map<String, Resource> others = new LinkedHashMap<>();
    final List<ResourceKind> kinds = new ArrayList<>();
    final Map<ResourceKind, List<ResourceKind>> users = new HashMap<>();
    final Map<String, Answer> answers = new HashMap<>();
    final Map<String, Answer> listingAnswers = new HashMap<>();
    /** Who does not go although the cloud says so. */
    final Set<String> staying = new LinkedHashSet<>();

    final List<String> removed = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    int maxBatch = 1;
    Runnable beforeRemoval = () -> {};
    private final Map<String, Integer> tries = new HashMap<>();

    Storeroom(Timeline timeline) {
        this.timeline = timeline;
    }

    void hasInstance(String id, Tags tags, @Nullable Instant launched) {
        instances.put(id, Instance.of(id, InstanceStatus.RUNNING).tagged(tags).launchedAt(launched));
    }

    void has(ResourceKind kind, String id, Tags tags, @Nullable String user) {
        if (!kinds.contains(kind)) {
            kinds.add(kind);
        }
        others.put(
                id,
                Resource.of(kind, id)
                        .attachedTo(user == null ? null : InstanceId.of(user))
                        .tagged(tags));
    }

    void made(String id, @Nullable Instant when) {
        others.computeIfPresent(id, (key, resource) -> resource.createdAt(when));
        instances.computeIfPresent(id, (key, instance) -> instance.launchedAt(when));
    }

    /** Has a thing refuse that many times. */
    void refuses(String id, int times, Exception reason) {
        answers.put(id, attempt -> attempt <= times ? reason : null);
    }

    int tries(String id) {
        return tries.getOrDefault(id, 0);
    }

    Set<String> there() {
        Set<String> all = new LinkedHashSet<>(instances.keySet());
        all.addAll(others.keySet());
        return all;
    }

    private @Nullable Exception remove(String id) {
        removed.add(id);
        Exception failure = answers.getOrDefault(id, attempt -> null).apply(tries.merge(id, 1, Integer::sum));
        if (failure == null && !staying.contains(id)) {
            instances.remove(id);
            others.remove(id);
        }
        return failure;
    }

    private void listing(String kind) throws Exception {
        timeline.sleep(Duration.ofMillis(20));
        Exception failure = listingAnswers
                .getOrDefault(kind, attempt -> null)
                .apply(tries.merge("listing " + kind, 1, Integer::sum));
        if (failure != null) {
            throw failure;
        }
    }

    static IOException inUse(String id) {
        return new IOException(id + " is in use");
    }

    static CloudException forbidden(String id) {
        return new CloudException(CloudException.Kind.NOT_AUTHORISED, "you may not delete " + id);
    }

    // ---- What an author writes

    @Override
    public Instance startInstance(StartInstanceParams params) {
        throw new UnsupportedOperationException("nothing is started here");
    }

    @Override
    public void stopInstance(InstanceId id) {
        throw new UnsupportedOperationException("several are stopped at once");
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        listing("instance");
        return List.copyOf(instances.values());
    }

    @Override
    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
        beforeRemoval.run();
        timeline.sleep(Duration.ofMillis(50));
        batches.add(ids.size());
        Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        for (InstanceId id : ids) {
            Exception failure = remove(id.value());
            if (failure != null) {
                failures.put(id, failure);
            }
        }
        return failures;
    }

    @Override
    public List<ResourceKind> kinds() {
        return kinds;
    }

    @Override
    public List<ResourceKind> users(ResourceKind kind) {
        return users.containsKey(kind) ? users.get(kind) : HasResources.super.users(kind);
    }

    @Override
    public int maxBatch(ResourceKind kind) {
        return maxBatch;
    }

    @Override
    public List<Resource> resources(ResourceKind kind, Tags owner) throws Exception {
        listing(kind.name());
        return others.values().stream()
                .filter(resource -> resource.kind().equals(kind))
                .toList();
    }

    @Override
    public void delete(Resource resource) {
        throw new UnsupportedOperationException("several are deleted at once");
    }

    @Override
    public Map<Resource, Exception> deleteAll(List<Resource> resources) throws Exception {
        beforeRemoval.run();
        timeline.sleep(Duration.ofMillis(50));
        batches.add(resources.size());
        Map<Resource, Exception> failures = new LinkedHashMap<>();
        for (Resource resource : resources) {
            Exception failure = remove(resource.id());
            if (failure != null) {
                failures.put(resource, failure);
            }
        }
        return failures;
    }
}
