package dev.foothold.bench.destroy;

import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Tags;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A cloud of instances and volumes, each volume attached to an instance. It removes a hundred things in one call, fails
 * for some of them, another time for others, and refuses to delete what is in use. Its listings are always true.
 */
final class LateCloud implements Environ, HasResources, AutoCloseable {

    static final int BATCH = 100;

    private final Tags tags;
    private final Calls calls;
    private final Paged instances;
    private final Paged volumes;
    private final double faults;
    private final SplittableRandom random = new SplittableRandom(1);
    private final ExecutorService fetchers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "page");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes a cloud.
     *
     * @param faults how likely it is that a thing is not removed this time, from 0 to 1
     */
    LateCloud(Tags tags, int instances, int volumes, double faults, Calls calls) {
        this.tags = tags;
        this.calls = calls;
        this.instances = new Paged(instances);
        this.volumes = new Paged(volumes);
        this.faults = faults;
    }

    int left() {
        return instances.count() + volumes.count();
    }

    @Override
    public Instance startInstance(StartInstanceParams params) {
        throw new UnsupportedOperationException("nothing is started here");
    }

    @Override
    public void stopInstance(InstanceId id) {
        throw new UnsupportedOperationException("a hundred are stopped at once");
    }

    @Override
    public int maxBatch() {
        return BATCH;
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws InterruptedException {
        return instances.list(
                calls,
                fetchers,
                number -> Instance.of("i-" + number, InstanceStatus.RUNNING).tagged(tags));
    }

    @Override
    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws InterruptedException {
        calls.make();
        Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        ids.forEach(id -> {
            Exception failure = remove(instances, id.value());
            if (failure != null) {
                failures.put(id, failure);
            }
        });
        return failures;
    }

    @Override
    public List<ResourceKind> kinds() {
        return List.of(ResourceKind.VOLUME);
    }

    @Override
    public int maxBatch(ResourceKind kind) {
        return BATCH;
    }

    @Override
    public List<Resource> resources(ResourceKind kind, Tags owner) throws InterruptedException {
        return volumes.list(
                calls,
                fetchers,
                number -> Resource.of(kind, "vol-" + number)
                        .attachedTo(InstanceId.of("i-" + number))
                        .tagged(tags));
    }

    @Override
    public void delete(Resource resource) {
        throw new UnsupportedOperationException("a hundred are deleted at once");
    }

    @Override
    public Map<Resource, Exception> deleteAll(List<Resource> resources) throws InterruptedException {
        calls.make();
        Map<Resource, Exception> failures = new LinkedHashMap<>();
        resources.forEach(resource -> {
            Exception failure = remove(volumes, resource.id());
            if (failure != null) {
                failures.put(resource, failure);
            }
        });
        return failures;
    }

    private synchronized @Nullable Exception remove(Paged kind, String id) {
        int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
        if (kind == volumes && instances.has(number)) {
            return new IOException(id + " is in use");
        }
        if (random.nextDouble() < faults) {
            return new IOException("internal error about " + id);
        }
        kind.remove(number);
        return null;
    }

    @Override
    public void close() {
        fetchers.shutdownNow();
    }
}
