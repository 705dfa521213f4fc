package dev.foothold.testkit;

import dev.foothold.environ.CloudException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for a cloud, as an author would write it: in memory, with everything that the contract may ask about. */
final class SmallCloud {

    static final String TOKEN = "s3cret-token-of-the-customer";
    static final int USER_DATA_LIMIT = 16 * 1024;

    record Machine(
            String id,
            String zone,
            String type,
            byte[] userData,
            Map<String, String> tags,
            Instant launched,
            long looks) {}

    record Thing(String kind, String id, Map<String, String> tags) {}

    /** What the cloud answers when it refuses. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        final String code;

        Refusal(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    final Map<String, Machine> machines = new LinkedHashMap<>();
    final Map<String, Thing> things = new LinkedHashMap<>();
    final Set<Kind> refuses = EnumSet.noneOf(Kind.class);
    private final Map<String, String> tokens = new HashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** How long each call takes. */
    volatile Duration latency = Duration.ZERO;

    /** How often machines are looked at before they run. */
    volatile long looksUntilRunning;

    /** How many machines there can be at the same time. */
    int room = Integer.MAX_VALUE;

    /** How many machines were made. */
    long starts;

    private long looks;

    private void begin(boolean start) throws Refusal, InterruptedException {
        Thread.sleep(latency.toMillis());
        synchronized (this) {
            for (Kind kind : refuses) {
                switch (kind) {
                    case CREDENTIAL_INVALID -> throw new Refusal("401", "the token is not known");
                    case CREDENTIAL_EXPIRED -> throw new Refusal("401-expired", "the token has expired");
                    case THROTTLED -> throw new Refusal("429", "slow down");
                    default -> {
                        if (start) {
                            throw new Refusal(code(kind), "no: " + kind);
                        }
                    }
                }
            }
        }
    }

    private static String code(Kind kind) {
        return switch (kind) {
            case CAPACITY -> "full";
            case QUOTA -> "limit";
            case NOT_AUTHORISED -> "403";
            default -> "500";
        };
    }

    Machine create(String token, String zone, String type, String image, byte[] userData, Map<String, String> tags)
            throws Refusal, InterruptedException {
        begin(true);
        synchronized (this) {
            String earlier = tokens.get(token);
            if (!token.isEmpty() && earlier != null && machines.containsKey(earlier)) {
                return machines.get(earlier);
            }
            if (!zone.isEmpty() && !zones().contains(zone)) {
                throw new Refusal("400", "there is no zone " + zone);
            }
            if (!List.of("ubuntu-24", "debian-12").contains(image)) {
                throw new Refusal("400", "there is no image " + image);
            }
            if (userData.length > USER_DATA_LIMIT) {
                throw new Refusal("400", "too much user data");
            }
            if (machines.size() >= room) {
                throw new Refusal("full", "there are only " + room + " machines");
            }
            Machine made = new Machine(
                    "i-%08x".formatted(numbers.incrementAndGet()),
                    zone.isEmpty() ? "a" : zone,
                    type.isEmpty() ? "small" : type,
                    userData,
                    Map.copyOf(tags),
                    Instant.now(),
                    looks);
            starts++;
            machines.put(made.id(), made);
            tokens.put(token, made.id());
            return made;
        }
    }

    void tag(String id, Map<String, String> tags) throws Refusal, InterruptedException {
        begin(false);
        synchronized (this) {
            Machine old = machines.get(id);
            if (old == null) {
                throw new Refusal("404", "there is no machine " + id);
            }
            machines.put(
                    id,
                    new Machine(
                            id, old.zone(), old.type(), old.userData(), Map.copyOf(tags), old.launched(), old.looks()));
        }
    }

    void delete(String id) throws Refusal, InterruptedException {
        begin(false);
        synchronized (this) {
            if (machines.remove(id) == null) {
                throw new Refusal("404", "there is no machine " + id);
            }
        }
    }

    List<Machine> list(Map<String, String> tags) throws Refusal, InterruptedException {
        begin(false);
        synchronized (this) {
            looks++;
            return machines.values().stream()
                    .filter(one -> one.tags().entrySet().containsAll(tags.entrySet()))
                    .toList();
        }
    }

    synchronized boolean runs(Machine machine) {
        return looks - machine.looks() > looksUntilRunning;
    }

    /** Tells whether nobody has looked since it was created. */
    synchronized boolean isNew(String id) {
        Machine machine = machines.get(id);
        return machine != null && machine.looks() == looks;
    }

    List<String> zones() {
        return List.of("a", "b", "c");
    }

    List<String> listZones() throws Refusal, InterruptedException {
        begin(false);
        return zones();
    }

    void ask() throws Refusal, InterruptedException {
        begin(false);
    }

    synchronized Thing make(String kind, Map<String, String> tags) {
        Thing made = new Thing(kind, kind.charAt(0) + "-" + numbers.incrementAndGet(), Map.copyOf(tags));
        things.put(made.id(), made);
        return made;
    }

    synchronized List<Thing> things(String kind) {
        return new ArrayList<>(
                things.values().stream().filter(one -> one.kind().equals(kind)).toList());
    }

    synchronized void remove(String id) throws Refusal {
        if (things.remove(id) == null) {
            throw new Refusal("404", "there is no " + id);
        }
    }
}
