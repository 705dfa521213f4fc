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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cloud with instances, volumes, addresses and security groups, which knows what uses what, lists late, loses answers,
 * fails for single things and for whole calls, and keeps for ever what it is told to. Whoever uses it may die at any of
 * his calls.
 */
final class FaultyCloud implements Environ, HasResources {

    /** Ends a client: nothing catches it. */
    static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** How the cloud treats a thing that is to be removed. */
    enum Temper {
        OBEYS,
        FORBIDS,
        REFUSES,
        LIES
    }

    private static final class Entry {

        private final ResourceKind kind;
        private final String id;
        private final Tags tags;
        private final @Nullable String user;
        private final Temper temper;
        private @Nullable Instant created;
        private @Nullable Instant gone;
        private Instant listedUntil = Instant.EPOCH;

        Entry(ResourceKind kind, String id, Tags tags, @Nullable String user, Temper temper) {
            this.kind = kind;
            this.id = id;
            this.tags = tags;
            this.user = user;
            this.temper = temper;
        }

        boolean isThere(Instant now) {
            return gone == null || gone.isAfter(now);
        }

        boolean isListed(Instant now) {
            return isThere(now) || listedUntil.isAfter(now);
        }
    }

    static final List<ResourceKind> KINDS =
            List.of(ResourceKind.VOLUME, ResourceKind.ADDRESS, ResourceKind.SECURITY_GROUP);

    private final Timeline timeline;
    private final SplittableRandom random;
    private final int maxBatch;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    final List<String> misdeeds = new ArrayList<>();
    /** Says of everything that a call is about to remove whether it may. */
    BiPredicate<Tags, @Nullable Instant> mayGo =
            (tags, created) -> tags.containsAll(DestroySimulationTest.OWNER.tags());
    /** How many calls there may be until the client dies. */
    int lifetime = Integer.MAX_VALUE;

    FaultyCloud(Timeline timeline, SplittableRandom random) {
        this.timeline = timeline;
        this.random = random;
        this.maxBatch = 1 + random.nextInt(4);
    }

    void has(ResourceKind kind, String id, Tags tags, @Nullable String user, Temper temper) {
        entries.put(id, new Entry(kind, id, tags, user, temper));
    }

    void made(String id, @Nullable Instant when) {
        entries.get(id).created = when;
    }

    private void judge(String id) {
        Entry entry = entries.get(id);
        if (entry != null && entry.isThere(timeline.now()) && !mayGo.test(entry.tags, entry.created)) {
            misdeeds.add("removed " + id);
        }
    }

    /** Tells the truth. */
    Set<String> there(Tags owner) {
        Instant now = timeline.now();
        return entries.values().stream()
                .filter(entry -> entry.isThere(now) && entry.tags.containsAll(owner))
                .map(entry -> entry.id)
                .collect(Collectors.toSet());
    }

    boolean isDead() {
        return lifetime < 0;
    }

    private boolean happens(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void call() throws InterruptedException {
        if (lifetime != Integer.MAX_VALUE) {
            lifetime--;
        }
        alive();
        timeline.sleep(Duration.ofMillis(5 + random.nextInt(150)));
        alive();
    }

    void alive() {
        if (isDead()) {
            throw new Killed();
        }
    }

    private void mayFail() throws Exception {
        if (happens(15)) {
            throw new CloudException(CloudException.Kind.THROTTLED, "slow down").withRetryAfter(Duration.ofSeconds(1));
        }
        if (happens(15)) {
            throw new IOException("the connection was reset");
        }
    }

    private @Nullable Exception remove(String id) {
        Instant now = timeline.now();
        Entry entry = entries.get(id);
        if (entry == null || !entry.isThere(now)) {
            return happens(3) ? new CloudException(CloudException.Kind.NOT_FOUND, "no such thing as " + id) : null;
        }
        if (entry.temper == Temper.FORBIDS) {
            return new CloudException(CloudException.Kind.NOT_AUTHORISED, "you may not delete " + id);
        }
        if (entry.temper == Temper.REFUSES) {
            return new IOException(id + " is locked");
        }
        if (happens(20)) {
            return new IOException("internal error about " + id);
        }
        if (entry.kind != Thing.INSTANCE && isUsed(entry, now)) {
            return new IOException(id + " is in use");
        }
        if (entry.temper != Temper.LIES) {
            // Instances take their time.
            entry.gone = now.plusMillis(entry.kind == Thing.INSTANCE ? random.nextInt(5_000) : 0);
            entry.listedUntil = entry.gone.plusMillis(random.nextInt(900));
        }
        return happens(20) ? new IOException("the answer about " + id + " was lost") : null;
    }

    private boolean isUsed(Entry used, Instant now) {
        return entries.values().stream()
                .filter(entry -> entry.isThere(now) && entry.tags.equals(used.tags))
                .anyMatch(entry -> entry.kind == Thing.INSTANCE
                        && (entry.id.equals(used.user) || used.kind.equals(ResourceKind.SECURITY_GROUP)));
    }

    private List<Entry> listed(ResourceKind kind) throws Exception {
        call();
        mayFail();
        Instant now = timeline.now();
        return entries.values().stream()
                .filter(entry -> entry.kind.equals(kind) && entry.isListed(now))
                .toList();
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
        return listed(Thing.INSTANCE).stream()
                .map(entry -> Instance.of(entry.id, InstanceStatus.RUNNING)
                        .tagged(entry.tags)
                        .launchedAt(entry.created))
                .toList();
    }

    @Override
    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
        ids.forEach(id -> judge(id.value()));
        call();
        mayFail();
        Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        for (InstanceId id : ids) {
            Exception failure = remove(id.value());
            if (failure != null) {
                failures.put(id, failure);
            }
        }
        alive();
        return failures;
    }

    @Override
    public List<ResourceKind> kinds() {
        return KINDS;
    }

    @Override
    public int maxBatch(ResourceKind kind) {
        return maxBatch;
    }

    @Override
    public List<Resource> resources(ResourceKind kind, Tags owner) throws Exception {
        return listed(kind).stream()
                .map(entry -> Resource.of(kind, entry.id)
                        .attachedTo(entry.user == null ? null : InstanceId.of(entry.user))
                        .tagged(entry.tags)
                        .createdAt(entry.created))
                .toList();
    }

    @Override
    public void delete(Resource resource) {
        throw new UnsupportedOperationException("several are deleted at once");
    }

    @Override
    public Map<Resource, Exception> deleteAll(List<Resource> resources) throws Exception {
        resources.forEach(resource -> judge(resource.id()));
        call();
        mayFail();
        Map<Resource, Exception> failures = new LinkedHashMap<>();
        for (Resource resource : resources) {
            Exception failure = remove(resource.id());
            if (failure != null) {
                failures.put(resource, failure);
            }
        }
        alive();
        return failures;
    }
}
