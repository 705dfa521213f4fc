package dev.foothold.testkit;

import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.environ.Environ;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserData;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the tests of one run work with: the provider, and everything they start, which carries one tag and is removed
 * by it. Thread-safe.
 */
final class Workbench {

    /** Carried by all that a run makes. */
    static final String RUN = "foothold-contract";

    /** More than any test starts that does not say how many. */
    private static final int MOST_AT_ONCE = 20;

    private static final Duration LOOK_AGAIN_OFFLINE = Duration.ofMillis(10);
    private static final Duration LOOK_AGAIN_LIVE = Duration.ofSeconds(2);

    private final ProviderContract contract;
    private final Tags run = Tags.of(RUN, UUID.randomUUID().toString().substring(0, 8));
    private final LiveGuard guard;
    private final Set<InstanceId> known = ConcurrentHashMap.newKeySet();
    private final List<Exception> untidy = new CopyOnWriteArrayList<>();
    private @Nullable DefaultProvider provider;

    Workbench(ProviderContract contract) {
        this.contract = contract;
        this.guard = ContractMode.current() == ContractMode.LIVE
                ? LiveGuard.within(
                        contract.bounds(), this::sweep, this::mine, patience().settling())
                : LiveGuard.none();
    }

    ProviderContract contract() {
        return contract;
    }

    Patience patience() {
        return contract.patience();
    }

    static boolean isLive() {
        return ContractMode.current() == ContractMode.LIVE;
    }

    void open() throws Exception {
        provider = another("contract");
        guard.begin();
    }

    /** Opens one more provider over the same cloud, as another process would. The caller closes it. */
    DefaultProvider another(String name) throws Exception {
        return another(model(name), Foothold.with(new MemoryStore()));
    }

    DefaultProvider another(ModelSettings model, Foothold foothold) throws Exception {
        return Objects.requireNonNull(contract.open(model, foothold), "open must not return null");
    }

    /** Makes a model whose instances are found when the run is over. */
    ModelSettings model(String name) {
        return new ModelSettings(name, owner(), run, List.of());
    }

    static Owner owner() {
        return new Owner(UUID.randomUUID(), UUID.randomUUID());
    }

    Environ environ() {
        return Objects.requireNonNull(provider, "the provider is not open").environ();
    }

    Optional<ZonedEnviron> zoned() {
        return environ() instanceof ZonedEnviron zoned ? Optional.of(zoned) : Optional.empty();
    }

    /** Describes an instance that suits the cloud, for an owner; no two have the same token. */
    StartInstanceParams params(Owner owner) throws Exception {
        List<ImageMetadata> images = environ().images(contract.base(), contract.arch());
        List<InstanceType> types = environ().instanceTypes(contract.constraints()).stream()
                .filter(contract.constraints()::isMetBy)
                .toList();
        InstanceType type = types.stream()
                .filter(one -> one.arch() == contract.arch())
                .findFirst()
                .orElse(types.isEmpty() ? null : types.get(0));
        return new StartInstanceParams(
                owner,
                "contract-" + UUID.randomUUID().toString().substring(0, 8),
                token(),
                UserData.of("#cloud-config\n{}\n"),
                tags(owner),
                zones().stream().findFirst().orElse(null),
                images.isEmpty() ? null : images.get(0),
                type);
    }

    static IdempotencyToken token() {
        return IdempotencyToken.derive("contract", UUID.randomUUID().toString());
    }

    /** Gives the tags that Foothold puts on, and those of the run. */
    Tags tags(Owner owner) {
        return run.with(owner.tags())
                .with(Owner.OPERATION, UUID.randomUUID().toString().substring(0, 8));
    }

    /** Gives the zones that can be started in; none if the cloud has no zones. */
    List<String> zones() throws Exception {
        return zoned().isEmpty()
                ? List.of()
                : zoned().get().availabilityZones().stream()
                        .filter(AvailabilityZone::available)
                        .map(AvailabilityZone::name)
                        .toList();
    }

    Instance start(StartInstanceParams params) throws Exception {
        return guard.start(() -> {
            Instance started = environ().startInstance(params);
            if (started == null) {
                throw new BrokenRule("startInstance has returned null", null);
            }
            known.add(started.id());
            return started;
        });
    }

    Instance start(Owner owner) throws Exception {
        return start(params(owner));
    }

    /** Starts an instance and waits until a listing shows it. */
    Instance started(Owner owner) throws Exception {
        return listed(start(owner).id(), owner.tags());
    }

    /**
     * Finds an instance in any listing: by its owner's tags, or by none. What is not there for some tags only is for other
     * tests to find out.
     */
    Optional<Instance> find(InstanceId id, Tags tags) throws Exception {
        Optional<Instance> own = in(list(tags), id);
        return own.isPresent() ? own : in(list(Tags.none()), id);
    }

    static Optional<Instance> in(List<Instance> listing, InstanceId id) {
        return listing.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Lists instances; what is not a list has nothing in it, and is for one test to find out. */
    List<Instance> list(Tags tags) throws Exception {
        List<Instance> listed = environ().allInstances(tags);
        return listed == null ? List.of() : listed;
    }

    /** Lists what carries an owner's tags. */
    List<Instance> own(Owner owner) throws Exception {
        return list(owner.tags()).stream()
                .filter(one -> one.tags().containsAll(owner.tags()))
                .toList();
    }

    /** Bootstraps a machine when there is room for it. */
    BootstrapResult boot(Callable<BootstrapResult> bootstrap) throws Exception {
        AtomicReference<@Nullable BootstrapResult> made = new AtomicReference<>();
        guard.start(() -> {
            BootstrapResult result = bootstrap.call();
            made.set(result);
            return result.instance();
        });
        return Objects.requireNonNull(made.get());
    }

    /** Waits until an instance is listed. */
    Instance listed(InstanceId id, Tags tags) throws Exception {
        return await(
                patience().boot(),
                () -> find(id, tags),
                "instance " + id + " was started, but is not listed after "
                        + patience().boot().toMillis() + " ms");
    }

    /** Waits until an instance runs. */
    Instance running(InstanceId id, Tags tags) throws Exception {
        return await(
                patience().boot(),
                () -> find(id, tags).filter(Instance::isRunning),
                () -> "instance " + id + " is not RUNNING after "
                        + patience().boot().toMillis() + " ms, but "
                        + find(id, tags).map(Object::toString).orElse("not listed"));
    }

    /** Waits until an instance is gone. */
    void gone(InstanceId id, Tags tags) throws Exception {
        await(
                patience().stop(),
                () -> find(id, tags).isEmpty() ? Optional.of(id) : Optional.empty(),
                () -> "instance " + id + " was stopped, but is still listed after "
                        + patience().stop().toMillis() + " ms: "
                        + find(id, tags).map(Object::toString).orElse("not any more"));
    }

    <T> T await(Duration longest, Callable<Optional<T>> look, String broken) throws Exception {
        return await(longest, look, () -> broken);
    }

    <T> T await(Duration longest, Callable<Optional<T>> look, Callable<String> broken) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        Duration pause = isLive() ? LOOK_AGAIN_LIVE : LOOK_AGAIN_OFFLINE;
        while (true) {
            // Looked at once more after the deadline: a slow listing is not the instance's fault.
            boolean last = System.nanoTime() >= deadline;
            Optional<T> seen = look.call();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (last) {
                throw new BrokenRule(broken.call(), null);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    /** Makes up an id that looks like the cloud's own, of an instance that never was there. */
    InstanceId unknown(InstanceId like) throws Exception {
        list(Tags.none()).forEach(one -> known.add(one.id()));
        String text = like.value();
        for (int i = 0; i < text.length(); i++) {
            // From the left: most clouds count at the right.
            for (char digit = '9'; Character.isDigit(text.charAt(i)) && digit >= '0'; digit--) {
                InstanceId made = InstanceId.of(text.substring(0, i) + digit + text.substring(i + 1));
                if (known.add(made)) {
                    return made;
                }
            }
        }
        return InstanceId.of(text + "0");
    }

    /** Makes the same call several times at the same time, and gives what came of each. */
    static <T> List<Future<T>> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            return threads.invokeAll(calls);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Gives what came of a call that was made at the same time as others. */
    static <T> T result(Future<T> call) throws Exception {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Makes a call in a thread of its own, which is interrupted if it takes too long. */
    static <T> T within(Duration longest, String what, Callable<T> call) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "foothold-contract-call");
            made.setDaemon(true);
            return made;
        });
        try {
            return thread.submit(call).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BrokenRule(what + " has not ended after " + longest.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.shutdownNow();
        }
    }

    /** Makes a call while something is wrong with the cloud. */
    static <T> T during(Trouble trouble, Callable<T> call) throws Exception {
        try {
            return call.call();
        } finally {
            trouble.end();
        }
    }

    /** Stops what a test has started so far, but for some, where there can only be a few instances at the same time. */
    void makeRoom(InstanceId... keep) throws Exception {
        if (contract.machines() < MOST_AT_ONCE) {
            List<InstanceId> kept = List.of(keep);
            for (Instance one : mine()) {
                if (!kept.contains(one.id())) {
                    environ().stopInstance(one.id());
                }
            }
        }
    }

    /** Stops what is left of one test. */
    void tidy() {
        try {
            for (Instance left : mine()) {
                stop(left);
            }
        } catch (Exception e) {
            untidy(e);
        }
    }

    private void stop(Instance left) {
        try {
            environ().stopInstance(left.id());
        } catch (Exception e) {
            untidy(e);
        }
    }

    /** What cannot be removed now is tried again in the end, and told of only if that fails, too. */
    private void untidy(Exception failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        untidy.add(failure);
    }

    private List<Instance> mine() throws Exception {
        Map<InstanceId, Instance> all = new LinkedHashMap<>();
        // Whether listing by one tag works is what is being found out.
        for (Tags tags : List.of(run, Tags.none())) {
            list(tags).stream().filter(one -> one.tags().containsAll(run)).forEach(one -> all.put(one.id(), one));
        }
        return List.copyOf(all.values());
    }

    /** Removes all that the run has started, and makes sure that it is gone. */
    private void sweep() throws Exception {
        long deadline = System.nanoTime() + patience().stop().toNanos();
        List<Instance> left = mine();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left.forEach(this::stop);
            Thread.sleep((isLive() ? LOOK_AGAIN_LIVE : LOOK_AGAIN_OFFLINE).toMillis());
            left = mine();
        }
        if (!left.isEmpty()) {
            IllegalStateException failure =
                    new IllegalStateException("these instances could not be removed, and may cost money: "
                            + left.stream().map(Instance::id).toList() + "; they carry the tag " + run);
            untidy.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    void close() throws Exception {
        if (provider == null) {
            return;
        }
        try {
            sweep();
        } finally {
            guard.end();
            provider.close();
        }
    }
}
