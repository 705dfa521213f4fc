package dev.foothold.bootstrap.simulation;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The cloud as one client sees it, over a network and an API that do what they do in real life. */
final class ClientCloud implements ZonedEnviron {

    private static final List<String> ZONES = List.of("a", "b", "c");

    private final Inventory inventory;
    private final Life life;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final boolean faulty;
    private final @Nullable Safeguard without;
    private final Set<String> full = new HashSet<>();

    ClientCloud(
            Inventory inventory,
            Life life,
            Timeline timeline,
            SplittableRandom random,
            boolean faulty,
            @Nullable Safeguard without) {
        this.inventory = inventory;
        this.life = life;
        this.timeline = timeline;
        this.random = random;
        this.faulty = faulty;
        this.without = without;
        if (faulty) {
            ZONES.stream().filter(zone -> random.nextInt(4) == 0).forEach(full::add);
        }
    }

    private boolean happens(int oneIn) {
        return faulty && random.nextInt(oneIn) == 0;
    }

    private void travel() throws InterruptedException {
        timeline.sleep(Duration.ofMillis(5 + random.nextInt(200)));
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        boolean token = without != Safeguard.TOKEN;
        Tags tags = params.tags();
        if (without == Safeguard.TAG) {
            Map<String, String> fewer = new LinkedHashMap<>(tags.asMap());
            fewer.remove(Owner.OPERATION);
            tags = Tags.of(fewer);
        }
        life.moment();
        try {
            travel();
            life.alive();
        } catch (Killed | InterruptedException e) {
            // It has been sent: the cloud does it all the same, sooner or later.
            inventory.startLater(
                    params, tags, token, Duration.ofMillis(random.nextInt(e instanceof Killed ? 20_000 : 1_000)));
            throw e;
        }
        if (happens(8)) {
            throw new CloudException(CloudException.Kind.THROTTLED, "slow down").withRetryAfter(Duration.ofSeconds(2));
        }
        if (full.contains(params.zoneName())) {
            throw new CloudException(CloudException.Kind.CAPACITY, "full");
        }
        if (happens(10)) {
            inventory.startLater(params, tags, token, Duration.ofMillis(random.nextInt(1_000)));
            throw new IOException("the connection was reset");
        }
        Instance started = inventory.start(params, tags, token);
        if (happens(6)) {
            // The same packet, delivered twice.
            inventory.startLater(params, tags, token, Duration.ofMillis(random.nextInt(500)));
        }
        if (happens(10)) {
            throw new IOException("the answer was lost");
        }
        life.moment();
        return started;
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        life.moment();
        travel();
        life.alive();
        if (happens(12)) {
            throw new CloudException(CloudException.Kind.THROTTLED, "slow down");
        }
        if (happens(12)) {
            throw new IOException("the connection was reset");
        }
        inventory.stop(id);
        if (happens(12)) {
            throw new IOException("the answer was lost");
        }
        life.moment();
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        travel();
        life.alive();
        if (happens(15)) {
            throw new IOException("listing failed");
        }
        return without == Safeguard.VERIFY ? List.of() : inventory.list();
    }

    @Override
    public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
        travel();
        life.alive();
        Map<InstanceId, Instance> found = new LinkedHashMap<>();
        inventory.list().stream()
                .filter(instance -> ids.contains(instance.id()))
                .forEach(instance -> found.put(instance.id(), instance));
        return found;
    }

    @Override
    public List<AvailabilityZone> availabilityZones() throws Exception {
        travel();
        life.alive();
        return ZONES.stream().map(AvailabilityZone::of).toList();
    }
}
