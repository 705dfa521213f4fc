package ${package};

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
#if ($style == "full" || $zoned == "true")
import java.util.HashSet;
#end
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
#if ($style == "full" || $zoned == "true")
import java.util.Set;
#end
import java.util.concurrent.ConcurrentHashMap;
#if ($style == "full")
import java.util.function.Predicate;
#end

/**
 * Stands in for the cloud: keeps its machines in memory, one cloud for each endpoint. There is nothing to log in to.
 *
 * <p>Write a client that speaks to the cloud beside it, and keep it for the tests.
 */
final class InMemory${className}Client implements ${className}Client {

    private static final Map<URI, Cloud> CLOUDS = new ConcurrentHashMap<>();

    private final Cloud cloud;
    private final String token;

    InMemory${className}Client(URI endpoint, String token) {
        this.cloud = CLOUDS.computeIfAbsent(endpoint, unseen -> new Cloud());
        this.token = token;
    }

#if ($style == "full")
    @Override
    public String whoAmI() throws ApiException {
        authenticate();
        return "a customer";
    }

#end
#if ($zoned == "true")
    @Override
    public List<Zone> listZones() throws ApiException {
        authenticate();
        return Cloud.ZONES;
    }

#end
#if ($style == "full")
    @Override
    public List<Image> listImages() throws ApiException {
        authenticate();
        return Cloud.IMAGES;
    }

    @Override
    public List<Size> listSizes() throws ApiException {
        authenticate();
        return Cloud.SIZES;
    }

#end
    @Override
    public List<Machine> listMachines(Map<String, String> labels) throws ApiException {
        authenticate();
#if ($style == "full")
        return cloud.machines(machine -> machine.labels().entrySet().containsAll(labels.entrySet()));
#else
        synchronized (cloud) {
            return cloud.machines.values().stream()
                    .filter(machine -> machine.labels().entrySet().containsAll(labels.entrySet()))
                    .toList();
        }
#end
    }

#if ($style == "full")
    @Override
    public List<Machine> findMachines(List<String> ids) throws ApiException {
        authenticate();
        return cloud.machines(machine -> ids.contains(machine.id()));
    }

#end
    @Override
    public Machine createMachine(NewMachine machine, String userData) throws ApiException {
        authenticate();
        synchronized (cloud) {
            Machine before = cloud.machines.get(cloud.requests.get(machine.requestId()));
            if (before != null) {
                return before;
            }
#if ($style == "full")
            refuseIfTold("forbidden", "the token may not start machines");
            refuseIfTold("quota-exceeded", "the account may not have more machines");
#if ($zoned != "true")
            refuseIfTold("no-capacity", "the cloud is full");
#end
            Size size = known(Cloud.SIZES, one -> one.name().equals(machine.size()), "size", machine.size());
            known(Cloud.IMAGES, one -> one.id().equals(machine.image()), "image", machine.image());
#if ($zoned == "true")
            known(Cloud.ZONES, one -> one.name().equals(machine.zone()), "zone", machine.zone());
#end
#elseif ($zoned == "true")
            if (Cloud.ZONES.stream().noneMatch(zone -> zone.name().equals(machine.zone()))) {
                throw new ApiException("bad-request", "there is no zone " + machine.zone());
            }
#end
#if ($zoned == "true")
            if (cloud.fullZones.contains(machine.zone())) {
                throw new ApiException("no-capacity", "zone " + machine.zone() + " is full");
            }
#end
            cloud.made++;
            Machine created = new Machine(
                    "m-" + cloud.made,
                    machine.name(),
#if ($zoned == "true")
                    machine.zone(),
#end
#if ($style == "full")
                    size,
#end
                    State.RUNNING,
                    List.of("198.18." + cloud.made / 250 + "." + (cloud.made % 250 + 1)),
                    machine.labels(),
                    Instant.now());
            cloud.requests.put(machine.requestId(), created.id());
            cloud.machines.put(created.id(), created);
#if ($style == "full")
            cloud.userData.put(created.id(), userData);
#end
            return created;
        }
    }

#if ($style == "full")
    @Override
    public Map<String, ApiException> deleteMachines(List<String> ids) throws ApiException {
        authenticate();
        Map<String, ApiException> refusals = new HashMap<>();
        synchronized (cloud) {
            for (String id : ids) {
                if (cloud.machines.remove(id) == null) {
                    refusals.put(id, new ApiException("not-found", "there is no machine " + id));
                }
            }
        }
        return refusals;
    }

    @Override
    public void labelMachine(String id, Map<String, String> labels) throws ApiException {
        authenticate();
        synchronized (cloud) {
            Machine machine = cloud.machines.get(id);
            if (machine == null) {
                throw new ApiException("not-found", "there is no machine " + id);
            }
            Map<String, String> all = new HashMap<>(machine.labels());
            all.putAll(labels);
            Machine labelled = new Machine(
#if ($zoned == "true")
                    id,
                    machine.name(),
                    machine.zone(),
                    machine.size(),
                    machine.state(),
                    machine.addresses(),
                    all,
                    machine.created());
#else
                    id, machine.name(), machine.size(), machine.state(), machine.addresses(), all, machine.created());
#end
            cloud.machines.put(id, labelled);
        }
    }

    @Override
    public List<Volume> listVolumes(Map<String, String> labels) throws ApiException {
        authenticate();
        synchronized (cloud) {
            return cloud.volumes.values().stream()
                    .filter(volume -> volume.labels().entrySet().containsAll(labels.entrySet()))
                    .toList();
        }
    }

    @Override
    public void deleteVolume(String id) throws ApiException {
        authenticate();
        synchronized (cloud) {
            if (cloud.volumes.remove(id) == null) {
                throw new ApiException("not-found", "there is no volume " + id);
            }
        }
    }

    /** Makes a volume, as the cloud's customers do. */
    Volume createVolume(String name, Map<String, String> labels) {
        synchronized (cloud) {
            cloud.made++;
            Volume created = new Volume("v-" + cloud.made, name, null, labels, Instant.now());
            cloud.volumes.put(created.id(), created);
            return created;
        }
    }

    /** Shows what a machine was told at its first boot. */
    String userDataOf(String id) {
        synchronized (cloud) {
            return cloud.userData.get(id);
        }
    }

    /** Refuses with a code whatever the code applies to, until it is {@linkplain #admit admitted} again. */
    void refuse(String code) {
        synchronized (cloud) {
            cloud.refused.add(code);
        }
    }

    /** Refuses no more with a code. */
    void admit(String code) {
        synchronized (cloud) {
            cloud.refused.remove(code);
        }
    }

#else
    @Override
    public void deleteMachine(String id) throws ApiException {
        authenticate();
        synchronized (cloud) {
            if (cloud.machines.remove(id) == null) {
                throw new ApiException("not-found", "there is no machine " + id);
            }
        }
    }

#end
#if ($zoned == "true")
    /** Refuses further machines in a zone. */
    void fill(String zone) {
        synchronized (cloud) {
            cloud.fullZones.add(zone);
        }
    }

#if ($style == "full")
    /** Takes machines in a zone again. */
    void relieve(String zone) {
        synchronized (cloud) {
            cloud.fullZones.remove(zone);
        }
    }

#end
#end
    private void authenticate() throws ApiException {
        if (token.isBlank()) {
            throw new ApiException("unauthorized", "the token is empty");
        }
#if ($style == "full")
        refuseIfTold("unauthorized", "the token is not known");
        refuseIfTold("token-expired", "the token's time is over");
        refuseIfTold("too-many-requests", "ask less often");
#end
    }

#if ($style == "full")
    private void refuseIfTold(String code, String message) throws ApiException {
        synchronized (cloud) {
            if (cloud.refused.contains(code)) {
                throw new ApiException(code, message);
            }
        }
    }

    private static <T> T known(List<T> all, Predicate<T> wanted, String what, String name) throws ApiException {
        return all.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new ApiException("bad-request", "there is no " + what + " " + name));
    }

#end
    private static final class Cloud {
#if ($zoned == "true")
        static final List<Zone> ZONES = List.of(new Zone("a", true), new Zone("b", true), new Zone("c", true));
#end
#if ($style == "full")
        static final List<Image> IMAGES = List.of(
                new Image("ubuntu-24.04", "ubuntu@24.04", "amd64"),
                new Image("ubuntu-24.04-arm", "ubuntu@24.04", "arm64"),
                new Image("debian-12", "debian@12", "amd64"));
        static final List<Size> SIZES = List.of(
                new Size("small", "amd64", 1, 2048),
                new Size("large", "amd64", 4, 16384),
                new Size("small-arm", "arm64", 1, 2048));
#end

        final Map<String, Machine> machines = new LinkedHashMap<>();
        final Map<String, String> requests = new HashMap<>();
#if ($style == "full")
        final Map<String, String> userData = new HashMap<>();
        final Map<String, Volume> volumes = new LinkedHashMap<>();
        final Set<String> refused = new HashSet<>();
#end
#if ($zoned == "true")
        final Set<String> fullZones = new HashSet<>();
#end
        int made;
#if ($style == "full")

        synchronized List<Machine> machines(Predicate<Machine> wanted) {
            return machines.values().stream().filter(wanted).toList();
        }
#end
    }
}
