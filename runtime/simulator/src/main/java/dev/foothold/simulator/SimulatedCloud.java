package dev.foothold.simulator;

import dev.foothold.simulator.machine.BrokenPort;
import dev.foothold.simulator.machine.Isolation;
import dev.foothold.simulator.machine.Machine;
import dev.foothold.simulator.machine.MachineException;
import dev.foothold.simulator.machine.MachineHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a cloud: launches, lists, reboots and terminates instances as any cloud's API does, and makes them
 * machines that answer SSH and run a shell. Safe for use by several threads.
 *
 * <p>Every operation first waits for the configured latency and throws {@link InterruptedException} if interrupted
 * meanwhile, or a {@link CloudApiException} of code {@link CloudApiException#UNAVAILABLE} once the cloud is closed.
 *
 * <p>An instance is accepted as pending, then runs and has addresses, and answers SSH only when its user data has been
 * applied: {@code #cloud-config} with {@code ssh_keys}, {@code ssh_authorized_keys}, {@code users},
 * {@code write_files}, {@code bootcmd}, {@code runcmd} and {@code hostname}. Its log is
 * {@code /var/log/cloud-init-output.log}.
 */
public final class SimulatedCloud implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final SimulatedCloudBuilder settings;
    private final Faults faults = new Faults();
    private final LoopbackAddresses addresses;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Used> tokens = new LinkedHashMap<>();
    private final SplittableRandom ids;
    private final AtomicLong requests = new AtomicLong();
    private final @Nullable MachineHost host;
    private final ExecutorService work;
    private boolean closed;

    /** What a token was used for. The request itself is not kept: its user data is large and secret. */
    private record Used(String fingerprint, String id) {}

    SimulatedCloud(SimulatedCloudBuilder settings) {
        if (settings.zones.isEmpty() || settings.offerings.isEmpty() || settings.images.isEmpty()) {
            throw new IllegalArgumentException("A cloud needs at least one zone, one offering and one image.");
        }
        this.settings = settings;
        this.addresses = new LoopbackAddresses(settings.sshPort);
        this.ids = new SplittableRandom(settings.seed);
        this.host = settings.machines == Machines.REAL ? new MachineHost(settings.isolation) : null;
        this.work = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-work");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Describes a cloud that has defaults for everything.
     *
     * @return a builder
     */
    public static SimulatedCloudBuilder builder() {
        return new SimulatedCloudBuilder();
    }

    /**
     * Gives the switches for what goes wrong.
     *
     * @return this cloud's faults
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Accepts one instance and returns at once.
     *
     * @param request what to launch
     * @return the instance, pending and without addresses; for a token that was used for the same request, that
     *     request's instance as it is now
     * @throws CloudApiException {@link CloudApiException#INVALID_PARAMETER} for an unknown zone, type or image, for
     *     architectures that differ and for too much user data; {@link CloudApiException#INSUFFICIENT_CAPACITY};
     *     {@link CloudApiException#QUOTA_EXCEEDED}; {@link CloudApiException#IDEMPOTENT_PARAMETER_MISMATCH} for a
     *     token that was used for another request or whose instance was terminated
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public CloudMachine runInstance(RunRequest request) throws InterruptedException {
        String requestId = begin("runInstance");
        Offering offering = known(settings.offerings, request.type(), "offering", requestId);
        Image image = known(settings.images, request.image(), "image", requestId);
        if (!image.arch().equals(offering.arch())) {
            throw invalid(
                    "image " + image.id() + " is for " + image.arch() + ", but offering " + offering.name() + " has "
                            + offering.arch(),
                    requestId);
        }
        byte[] userData = request.userData();
        if (userData.length > settings.userDataLimit) {
            throw invalid(
                    "user data has " + userData.length + " bytes; the limit is " + settings.userDataLimit, requestId);
        }
        if (!request.zone().isEmpty()) {
            known(settings.zones, request.zone(), "zone", requestId);
        }
        Instant now = settings.clock.now();
        synchronized (instances) {
            refuseIfClosed(requestId);
            Used used = request.token().isEmpty() ? null : tokens.get(request.token());
            if (used != null) {
                return again(request, used, now, requestId);
            }
            if (instances.size() >= settings.quota) {
                throw failure(
                        CloudApiException.QUOTA_EXCEEDED,
                        "there are " + instances.size() + " instances and the quota is " + settings.quota,
                        requestId);
            }
            String zone = place(request.zone(), requestId);
            Instance instance = accept(request, zone, offering, image, now, requestId);
            String id = instance.accepted().id();
            instances.put(id, instance);
            if (!request.token().isEmpty()) {
                tokens.put(request.token(), new Used(Fingerprint.of(request), id));
            }
            if (host != null && instance.boots()) {
                Duration wait = settings.provisioningDelay.plus(bootDelay());
                instance.works(Task.start(work, () -> bringUp(instance, host, image, userData, wait)));
            }
            return instance.accepted();
        }
    }

    private CloudMachine again(RunRequest request, Used used, Instant now, String requestId) {
        Instance instance = instances.get(used.id());
        String trouble = "";
        if (!used.fingerprint().equals(Fingerprint.of(request))) {
            trouble = "token " + request.token() + " was used for a different request, which launched " + used.id();
        } else if (instance == null) {
            trouble = "token " + request.token() + " was used for a terminated instance, " + used.id();
        } else {
            return instance.at(now);
        }
        throw failure(CloudApiException.IDEMPOTENT_PARAMETER_MISMATCH, trouble, requestId);
    }

    private String place(String wanted, String requestId) {
        return settings.zones.values().stream()
                .filter(zone -> wanted.isEmpty() || zone.name().equals(wanted))
                .filter(zone -> zone.available() && !faults.isFull(zone.name()))
                .map(Zone::name)
                .min(Comparator.comparingLong(this::population))
                .orElseThrow(() -> failure(
                        CloudApiException.INSUFFICIENT_CAPACITY,
                        (wanted.isEmpty() ? "no zone has" : "zone " + wanted + " has no") + " capacity left",
                        requestId));
    }

    private long population(String zone) {
        return instances.values().stream()
                .filter(instance -> instance.accepted().zone().equals(zone))
                .count();
    }

    private Instance accept(
            RunRequest request, String zone, Offering offering, Image image, Instant now, String requestId) {
        CloudMachine accepted = new CloudMachine(
                "i-%016x".formatted(ids.nextLong()),
                MachineStatus.PENDING,
                "",
                zone,
                offering.name(),
                image.id(),
                offering.arch(),
                offering.cores(),
                offering.memMiB(),
                offering.rootDiskGiB(),
                List.of(),
                request.tags(),
                now,
                request.token());
        boolean never = faults.on(Fault.NeverBoots.class).isPresent();
        boolean refuses = faults.on(Fault.Refuses.class).isPresent();
        try {
            return new Instance(
                    accepted,
                    host == null ? addresses.name() : addresses.take(),
                    never ? null : now.plus(settings.provisioningDelay),
                    refuses ? null : bootDelay(),
                    faults.active());
        } catch (IOException e) {
            throw failure(CloudApiException.UNAVAILABLE, "no address for the instance: " + e.getMessage(), requestId);
        }
    }

    private Duration bootDelay() {
        return settings.bootDelay.plus(
                faults.on(Fault.SlowBoot.class).map(Fault.SlowBoot::extra).orElse(Duration.ZERO));
    }

    private void bringUp(Instance instance, MachineHost host, Image image, byte[] userData, Duration wait)
            throws InterruptedException {
        try {
            Machine machine = start(instance, host, image, userData, wait);
            for (BrokenPort.Manner manner : BrokenPort.Manner.values()) {
                Optional<Optional<Duration>> broken = lasting(instance, manner);
                if (broken.isPresent() && manner != BrokenPort.Manner.BLACK_HOLE) {
                    breakPort(instance, manner, broken.get());
                }
            }
            Optional<Fault.LateNonce> late = instance.fault(Fault.LateNonce.class);
            if (late.isPresent()) {
                machine.hide(late.get().file());
            }
            machine.listen(
                    instance.lease().ssh(),
                    instance.fault(Fault.Penalties.class).isPresent(),
                    instance.fault(Fault.LateLogin.class).isEmpty());
            instance.listens();
            if (late.isPresent()) {
                settings.clock.sleep(late.get().by());
                machine.show(late.get().file());
            }
            Optional<Fault.LateLogin> login = instance.fault(Fault.LateLogin.class);
            if (login.isPresent()) {
                settings.clock.sleep(login.get().by());
                machine.admitUsers();
            }
        } catch (MachineException e) {
            instance.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Boots, behind a black hole if there is one. */
    private Machine start(Instance instance, MachineHost host, Image image, byte[] userData, Duration wait)
            throws MachineException, InterruptedException {
        Optional<Optional<Duration>> hole = lasting(instance, BrokenPort.Manner.BLACK_HOLE);
        BrokenPort port =
                hole.isPresent() ? BrokenPort.open(instance.lease().ssh(), BrokenPort.Manner.BLACK_HOLE) : null;
        try (port) {
            settings.clock.sleep(wait);
            Machine machine = host.start(instance.accepted().id());
            instance.attach(machine);
            boolean ownKey = instance.fault(Fault.WrongHostKey.class).isPresent();
            machine.boot(userData, settings.loginUser, image.os(), image.version(), ownKey);
            Optional<Fault.WrongNonce> wrong = instance.fault(Fault.WrongNonce.class);
            if (wrong.isPresent()) {
                machine.falsify(wrong.get().file());
            }
            if (hole.isPresent()) {
                sleep(hole.get());
            }
            return machine;
        }
    }

    private void breakPort(Instance instance, BrokenPort.Manner manner, Optional<Duration> lasting)
            throws MachineException, InterruptedException {
        BrokenPort port = BrokenPort.open(instance.lease().ssh(), manner);
        try (port) {
            sleep(lasting);
        }
    }

    private void sleep(Optional<Duration> lasting) throws InterruptedException {
        settings.clock.sleep(lasting.orElse(FOR_EVER));
    }

    /** For how long a port is broken in this manner; empty if it is not. */
    private static Optional<Optional<Duration>> lasting(Instance instance, BrokenPort.Manner manner) {
        return switch (manner) {
            case BLACK_HOLE -> instance.fault(Fault.BlackHole.class).map(Fault.BlackHole::lasting);
            case SILENT -> instance.fault(Fault.Silent.class).map(Fault.Silent::lasting);
            case DROPS -> instance.fault(Fault.DropsConnections.class).map(Fault.DropsConnections::lasting);
            case DIES_IN_HANDSHAKE ->
                instance.fault(Fault.DiesInHandshake.class).map(Fault.DiesInHandshake::lasting);
        };
    }

    /**
     * Terminates an instance: returns when all it had is gone, and it vanishes from the inventory.
     *
     * @param id the instance
     * @throws CloudApiException {@link CloudApiException#NOT_FOUND} if there is no such instance (any more)
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public void terminate(String id) throws InterruptedException {
        String requestId = begin("terminate");
        end(find(id, requestId), requestId);
    }

    private void end(Instance instance, String requestId) {
        String id = instance.accepted().id();
        try {
            if (!instance.stop()) {
                return;
            }
        } catch (MachineException | IOException e) {
            CloudApiException failure = failure(
                    CloudApiException.UNAVAILABLE, "instance " + id + " did not end: " + e.getMessage(), requestId);
            failure.initCause(e);
            throw failure;
        } finally {
            synchronized (instances) {
                instances.remove(id);
            }
        }
    }

    /**
     * Reboots an instance: its processes end, {@code /run} and {@code /tmp} are emptied, and after the boot delay it
     * answers SSH again with the files and keys it had. User data is not applied again.
     *
     * @param id the instance
     * @throws CloudApiException {@link CloudApiException#NOT_FOUND} if there is no such instance;
     *     {@link CloudApiException#INCORRECT_STATE} if it has not finished booting
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public void reboot(String id) throws InterruptedException {
        String requestId = begin("reboot");
        Instance instance = find(id, requestId);
        Instant now = settings.clock.now();
        Machine machine = instance.machine();
        if (instance.isWorking() || (host == null ? !instance.answersSsh(now, false) : machine == null)) {
            throw failure(CloudApiException.INCORRECT_STATE, "instance " + id + " has not finished booting", requestId);
        }
        Duration wait = bootDelay();
        instance.rebootsUntil(now.plus(wait));
        if (machine != null) {
            instance.works(Task.start(work, () -> {
                try {
                    machine.reboot();
                    settings.clock.sleep(wait);
                    machine.listen(
                            instance.lease().ssh(),
                            instance.fault(Fault.Penalties.class).isPresent(),
                            true);
                    instance.listens();
                } catch (MachineException e) {
                    instance.failed(String.valueOf(e.getMessage()));
                }
            }));
        }
    }

    /**
     * Looks at one instance.
     *
     * @param id the instance
     * @return how it is now
     * @throws CloudApiException {@link CloudApiException#NOT_FOUND} if there is no such instance (any more)
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public CloudMachine get(String id) throws InterruptedException {
        return find(id, begin("get")).at(settings.clock.now());
    }

    /**
     * Lists instances.
     *
     * @param tags what they must all be tagged with; empty lists every instance
     * @return the instances in the order of their launch
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public List<CloudMachine> list(Map<String, String> tags) throws InterruptedException {
        begin("list");
        Instant now = settings.clock.now();
        return all().stream()
                .filter(instance -> instance.accepted().tags().entrySet().containsAll(tags.entrySet()))
                .map(instance -> instance.at(now))
                .toList();
    }

    /**
     * Lists the zones.
     *
     * @return every zone, available or not
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public List<Zone> zones() throws InterruptedException {
        begin("zones");
        return List.copyOf(settings.zones.values());
    }

    /**
     * Lists the sizes in which instances are sold.
     *
     * @return every offering
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public List<Offering> offerings() throws InterruptedException {
        begin("offerings");
        return List.copyOf(settings.offerings.values());
    }

    /**
     * Lists the images.
     *
     * @return every image
     * @throws InterruptedException if interrupted while waiting for the latency
     */
    public List<Image> images() throws InterruptedException {
        begin("images");
        return List.copyOf(settings.images.values());
    }

    /**
     * Tells what no real cloud does: how far the scripts of machines are kept away from this host.
     *
     * @return empty if there are no machines, only an inventory, or if this host cannot make any
     */
    public Optional<Isolation> isolation() {
        return host == null ? Optional.empty() : host.isolation();
    }

    /**
     * Tells what no real cloud does: whether an instance's SSH server answers. In an inventory without machines it
     * tells whether it would. This is not a call: it has no latency and no faults.
     *
     * @param id the instance
     * @return false also if there is no such instance
     */
    public boolean answersSsh(String id) {
        Instance instance;
        synchronized (instances) {
            instance = instances.get(id);
        }
        return instance != null && instance.answersSsh(settings.clock.now(), host != null);
    }

    /**
     * Tells what no real cloud does: how many connections the SSH server of an instance has turned away because of
     * {@link Fault.Penalties}. This is not a call: it has no latency and no faults.
     *
     * @param id the instance
     * @return zero also if there is no such instance
     */
    public int turnedAway(String id) {
        Instance instance;
        synchronized (instances) {
            instance = instances.get(id);
        }
        Machine machine = instance == null ? null : instance.machine();
        return machine == null ? 0 : machine.turnedAway();
    }

    /**
     * Terminates every instance and ends the cloud: no process, thread, file or mount of it is left.
     *
     * @throws IllegalStateException if something could not be removed; what, is in its suppressed exceptions
     */
    @Override
    public void close() {
        synchronized (instances) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List<Exception> failures = new ArrayList<>();
        for (Instance instance : all()) {
            work.execute(() -> {
                try {
                    end(instance, "close");
                } catch (CloudApiException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
        }
        work.shutdown();
        boolean interrupted = false;
        try {
            if (!work.awaitTermination(60, TimeUnit.SECONDS)) {
                failures.add(new IllegalStateException("instances still end after a minute"));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            if (host != null) {
                host.close();
            }
        } catch (IOException e) {
            failures.add(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException(
                    "the cloud left something behind: " + failures.get(0).getMessage());
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private List<Instance> all() {
        synchronized (instances) {
            return List.copyOf(instances.values());
        }
    }

    private Instance find(String id, String requestId) {
        synchronized (instances) {
            Instance instance = instances.get(id);
            if (instance == null) {
                throw failure(CloudApiException.NOT_FOUND, "there is no instance " + id, requestId);
            }
            return instance;
        }
    }

    private String begin(String operation) throws InterruptedException {
        String requestId = "req-" + requests.incrementAndGet();
        settings.clock.sleep(settings.latency);
        synchronized (instances) {
            refuseIfClosed(requestId);
        }
        faults.next(operation).ifPresent(fault -> {
            throw new CloudApiException(
                    fault.code(),
                    operation + " failed because a fault says so",
                    requestId,
                    fault.retryAfter().orElse(null));
        });
        return requestId;
    }

    private void refuseIfClosed(String requestId) {
        if (closed) {
            throw failure(CloudApiException.UNAVAILABLE, "the cloud is closed", requestId);
        }
    }

    private static <T> T known(Map<String, T> all, String name, String what, String requestId) {
        T one = all.get(name);
        if (one == null) {
            throw invalid("there is no " + what + " '" + name + "', only " + all.keySet(), requestId);
        }
        return one;
    }

    private static CloudApiException invalid(String message, String requestId) {
        return failure(CloudApiException.INVALID_PARAMETER, message, requestId);
    }

    private static CloudApiException failure(String code, String message, String requestId) {
        return new CloudApiException(code, message, requestId, null);
    }
}
