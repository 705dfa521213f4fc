package ${package};

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands in for the cloud: keeps its machines in memory, one cloud for each endpoint. There is nothing to log in to.
 *
 * <p>Replace it with a client that speaks to the cloud.
 */
final class InMemory${className}Client implements ${className}Client {

    private static final Map<URI, Cloud> CLOUDS = new ConcurrentHashMap<>();

    private final Cloud cloud;
    private final String token;

    InMemory${className}Client(URI endpoint, String token) {
        this.cloud = CLOUDS.computeIfAbsent(endpoint, unseen -> new Cloud());
        this.token = token;
    }

    @Override
    public List<Zone> listZones() throws ApiException {
        authenticate();
        return List.of(new Zone("a", true), new Zone("b", true), new Zone("c", true));
    }

    @Override
    public List<Machine> listMachines(Map<String, String> labels) throws ApiException {
        authenticate();
        synchronized (cloud) {
            return cloud.machines.values().stream()
                    .filter(machine -> machine.labels().entrySet().containsAll(labels.entrySet()))
                    .toList();
        }
    }

    @Override
    public Machine createMachine(NewMachine machine, String userData) throws ApiException {
        authenticate();
        synchronized (cloud) {
            Machine before = cloud.byRequest.get(machine.requestId());
            if (before != null) {
                return before;
            }
            if (cloud.fullZones.contains(machine.zone())) {
                throw new ApiException("no-capacity", "zone " + machine.zone() + " is full");
            }
            int number = cloud.byRequest.size() + 1;
            Machine created = new Machine(
                    "m-" + number,
                    machine.name(),
                    machine.zone(),
                    State.RUNNING,
                    List.of("192.0.2." + number),
                    machine.labels());
            cloud.byRequest.put(machine.requestId(), created);
            cloud.machines.put(created.id(), created);
            return created;
        }
    }

    @Override
    public void deleteMachine(String id) throws ApiException {
        authenticate();
        synchronized (cloud) {
            if (cloud.machines.remove(id) == null) {
                throw new ApiException("not-found", "there is no machine " + id);
            }
        }
    }

    /** Refuses further machines in a zone. */
    void fill(String zone) {
        synchronized (cloud) {
            cloud.fullZones.add(zone);
        }
    }

    private void authenticate() throws ApiException {
        if (token.isBlank()) {
            throw new ApiException("unauthorized", "the token is empty");
        }
    }

    private static final class Cloud {
        final Map<String, Machine> machines = new LinkedHashMap<>();
        final Map<String, Machine> byRequest = new HashMap<>();
        final Set<String> fullZones = new HashSet<>();
    }
}
