package dev.foothold.bootstrap.simulation;

import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What is really there, whatever is listed: it knows tokens, lists late in both directions, and finishes what was sent. */
final class Inventory {

    static final MachineAddress ADDRESS = MachineAddress.of("198.51.100.1", AddressScope.PUBLIC);

    private record Entry(
            Instance instance, Instant listedFrom, @Nullable Instant goneSince, Instant listedUntil) {}

    private record Pending(StartInstanceParams params, Tags tags, boolean token, Instant at) {}

    private final Timeline timeline;
    private final SplittableRandom random;
    private final Map<InstanceId, Entry> entries = new LinkedHashMap<>();
    private final Map<String, InstanceId> tokens = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private int created;

    Inventory(Timeline timeline, SplittableRandom random) {
        this.timeline = timeline;
        this.random = random;
    }

    /** Puts somebody else's instance there. */
    void foreign(String id, Tags tags) {
        Instant now = timeline.now();
        Instance instance = Instance.of(id, InstanceStatus.RUNNING).tagged(tags);
        entries.put(instance.id(), new Entry(instance, now, null, now));
    }

    /** Starts an instance; the call of a token that is known gives the instance it gave before, even if that is gone. */
    Instance start(StartInstanceParams params, Tags tags, boolean honourToken) {
        settle();
        return create(params, tags, honourToken, timeline.now());
    }

    /** Accepts a call whose answer nobody waits for. */
    void startLater(StartInstanceParams params, Tags tags, boolean honourToken, Duration delay) {
        pending.add(new Pending(params, tags, honourToken, timeline.now().plus(delay)));
    }

    private Instance create(StartInstanceParams params, Tags tags, boolean honourToken, Instant now) {
        String token = params.token().text();
        InstanceId known = honourToken ? tokens.get(token) : null;
        if (known != null) {
            Entry entry = entries.get(known);
            if (entry == null || entry.goneSince != null) {
                throw new IllegalStateException("token " + token + " was used for an instance that is gone");
            }
            return entry.instance;
        }
        Instance instance = Instance.of("i-" + ++created, InstanceStatus.RUNNING)
                .in(params.zoneName())
                .at(ADDRESS)
                .tagged(tags)
                .launchedAt(now);
        entries.put(instance.id(), new Entry(instance, now.plusMillis(random.nextInt(1_500)), null, now));
        tokens.put(token, instance.id());
        return instance;
    }

    void stop(InstanceId id) {
        settle();
        Entry entry = entries.get(id);
        if (entry != null && entry.goneSince == null) {
            Instant now = timeline.now();
            entries.put(id, new Entry(entry.instance, entry.listedFrom, now, now.plusMillis(random.nextInt(1_500))));
        }
    }

    /** Lists as clouds do: late. */
    List<Instance> list() {
        settle();
        Instant now = timeline.now();
        return entries.values().stream()
                .filter(entry -> !entry.listedFrom.isAfter(now))
                .filter(entry -> entry.goneSince == null || entry.listedUntil.isAfter(now))
                .map(Entry::instance)
                .toList();
    }

    boolean isThere(InstanceId id) {
        settle();
        Entry entry = entries.get(id);
        return entry != null && entry.goneSince == null;
    }

    /** Tells the truth. */
    List<Instance> reallyThere() {
        settle();
        return entries.values().stream()
                .filter(entry -> entry.goneSince == null)
                .map(Entry::instance)
                .toList();
    }

    List<Instance> reallyThere(Owner owner) {
        return reallyThere().stream()
                .filter(instance -> instance.tags().containsAll(owner.tags()))
                .toList();
    }

    private void settle() {
        Instant now = timeline.now();
        List<Pending> due =
                pending.stream().filter(start -> !start.at.isAfter(now)).toList();
        pending.removeAll(due);
        for (Pending start : due) {
            try {
                create(start.params, start.tags, start.token, start.at);
            } catch (IllegalStateException e) {
                // Nobody is there to be told.
                continue;
            }
        }
    }
}
