package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.Zones;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Operation;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first machine of a model, its controller. Whatever fails, nothing is left behind, or the exception says
 * what is. Thread-safe.
 */
public final class Bootstrap {

    private static final Duration CLOUD_BUDGET = Duration.ofMinutes(10);

    private final StateStore store;
    private final BootstrapFinisher finisher;
    private final HostSshOptions ssh;

    /**
     * Creates a bootstrap of machines that are logged in to with default options.
     *
     * @param store where the model's state is kept
     * @param finisher waits for the machine and configures it
     */
    public Bootstrap(StateStore store, BootstrapFinisher finisher) {
        this(store, finisher, HostSshOptions.defaults());
    }

    /**
     * Creates a bootstrap.
     *
     * @param store where the model's state is kept
     * @param finisher waits for the machine and configures it
     * @param ssh how machines are logged in to; identity and host key are added
     */
    public Bootstrap(StateStore store, BootstrapFinisher finisher, HostSshOptions ssh) {
        this.store = Objects.requireNonNull(store, "store");
        this.finisher = Objects.requireNonNull(finisher, "finisher");
        this.ssh = Objects.requireNonNull(ssh, "ssh");
    }

    /**
     * Starts the first machine and finishes it.
     *
     * @param cloud where
     * @param context the operation
     * @param params what
     * @return the machine
     * @throws AlreadyBootstrappedException if the model has a machine already
     * @throws dev.foothold.journal.OperationInProgressException if somebody else is working on the model
     * @throws BootstrapException if no zone has room, or the machine failed
     * @throws WaitTimeoutException if the machine did not prove itself in time
     * @throws ScriptFailedException if the machine could not be configured
     * @throws FootholdException if something else failed
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     */
    public BootstrapResult bootstrap(Cloud cloud, OperationContext context, BootstrapParams params)
            throws InterruptedException {
        try (StartedBootstrap started = bootstrapInstance(cloud, context, params)) {
            return started.finish();
        }
    }

    /**
     * Starts the first machine, for callers that want to do something with it before it is finished. The cloud has ten
     * minutes to accept it.
     *
     * @param cloud where
     * @param context the operation
     * @param params what
     * @return the machine; close it, which takes it back unless it was finished
     * @throws FootholdException as {@link #bootstrap} does
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     */
    public StartedBootstrap bootstrapInstance(Cloud cloud, OperationContext context, BootstrapParams params)
            throws InterruptedException {
        context.redactor().hide(params.secrets());
        context.redactor().hide(params.cloudConfig().secrets());
        Agent agent = params.agent();
        if (agent != null) {
            context.redactor().hide(agent.secrets());
            // Before anything is started: a machine for which there is no agent would be started in vain.
            agent.binaries().choose(params.base(), params.arch(), agent.version());
        }
        return start(cloud.withRedactor(context.redactor()), context, params);
    }

    private StartedBootstrap start(Cloud cloud, OperationContext context, BootstrapParams params)
            throws InterruptedException {
        ModelSettings model = context.model();
        ProviderState state = new ProviderState(store, model.name());
        refuseIfBootstrapped(state, model);
        Rollback rollback = new Rollback(context);
        Operation operation = Operation.claim(
                store,
                model.name(),
                context.id(),
                context.kind(),
                context.timeline().now());
        rollback.undo().register("the claim on model \"" + model.name() + "\"", operation::release);
        context.tell(Event.OperationStarted::new);
        try {
            // Somebody may have finished between the first look and the claim.
            refuseIfBootstrapped(state, model);
            OperationInstances instances = new OperationInstances(cloud, context);
            HostPins pins = new HostPins(store, model.name());
            Identity identity = new Identity(store, model.name());
            // Before anything is started, so that nothing can come between.
            rollback.undo().register("instances tagged " + Owner.OPERATION + "=" + context.id(), () -> {
                instances.stopAll();
                // Only now: what could not be stopped must stay on record.
                state.removeStateInstances(instances.known());
                instances.known().forEach(pins::remove);
                identity.remove(context.id());
            });
            String dataDirectory = cloud.dataDirectory();
            FirstBoot firstBoot =
                    FirstBoot.create(model, identity.create(context.id()), dataDirectory, cloud.takesUserData());
            context.redactor().hide(firstBoot.secrets());
            Instance instance = CloudBudget.within(
                    context.timeline(),
                    CLOUD_BUDGET,
                    "start the first machine",
                    () -> start(cloud, context, params, instances, firstBoot));
            state.addStateInstance(instance.id());
            pins.keep(instance.id(), firstBoot.hostKeys(instance));
            context.tell((at, origin) -> new Event.InstanceStarted(at, origin, instance));
            operation.requireHeld();
            RefreshableInstance refreshable = new RefreshableInstance(instance, cloud);
            return new StartedBootstrap(
                    context,
                    new StartedMachine(
                            refreshable,
                            firstBoot.identity(),
                            firstBoot.sshOptions(ssh, refreshable::instance),
                            firstBoot.checkNonceScript(),
                            firstBoot.seedScript(),
                            dataDirectory,
                            params),
                    finisher,
                    operation,
                    rollback);
        } catch (RuntimeException | InterruptedException | Error e) {
            throw rollback.fail(e);
        }
    }

    private static void refuseIfBootstrapped(ProviderState state, ModelSettings model) {
        List<InstanceId> recorded;
        try {
            recorded = state.providerStateInstances();
        } catch (NotBootstrappedException e) {
            return;
        }
        if (!recorded.isEmpty()) {
            throw new AlreadyBootstrappedException(model.name(), recorded);
        }
    }

    private static Instance start(
            Cloud cloud,
            OperationContext context,
            BootstrapParams params,
            OperationInstances instances,
            FirstBoot firstBoot)
            throws InterruptedException {
        cloud.prepareForBootstrap();
        ConstraintsCheck.check(cloud, context, params.constraints());
        Offering offering = Offering.choose(cloud, params.base(), params.arch(), params.constraints());
        StartInstanceParams start = new StartInstanceParams(
                context.model().owner(),
                MachineNames.of(context.model().name(), "controller"),
                token(context, ""),
                cloud.userDataLimit().fit(firstBoot.userData()),
                instances.tags().with(Owner.IS_CONTROLLER, "true"),
                null,
                offering.image(),
                offering.type(),
                params.constraints(),
                params.placement(),
                params.rootDisk());
        Map<String, CloudException> refusals = new LinkedHashMap<>();
        boolean doubtful = false;
        for (String zone : zonesToTry(cloud, params, start)) {
            @Nullable String zoneName = zone.isEmpty() ? null : zone;
            context.tell((at, origin) -> new Event.InstanceRequested(at, origin, zoneName, offering.describe()));
            try {
                Instance instance = cloud.startInstance(start.in(zoneName, token(context, zone)));
                instances.add(instance.id());
                if (doubtful) {
                    instances.stopStrays();
                }
                return instance;
            } catch (CloudException e) {
                context.tell((at, origin) -> new Event.InstanceRefused(at, origin, zoneName, e.reason()));
                if (zoneName == null || CloudException.isZoneIndependent(e)) {
                    throw new BootstrapException("cannot start bootstrap instance: " + e.getMessage(), e);
                }
                refusals.put(zone, e);
                doubtful |= !e.isDefinite();
            }
        }
        throw noRoom(refusals);
    }

    private static IdempotencyToken token(OperationContext context, String zone) {
        return IdempotencyToken.derive(context.id(), "start", zone);
    }

    private static BootstrapException noRoom(Map<String, CloudException> refusals) {
        List<CloudException> causes = new ArrayList<>(refusals.values());
        BootstrapException failure = new BootstrapException(
                "cannot start bootstrap instance in any availability zone ("
                        + String.join(", ", refusals.keySet()) + "):\n"
                        + refusals.entrySet().stream()
                                .map(refusal -> "  zone \"" + refusal.getKey() + "\": "
                                        + refusal.getValue().reason())
                                .collect(Collectors.joining("\n")),
                causes.get(0));
        causes.stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    /** Gives the zones in the order to try them; one without a name for a cloud that has none. */
    private static List<String> zonesToTry(Cloud cloud, BootstrapParams params, StartInstanceParams start)
            throws InterruptedException {
        if (cloud.zones().isEmpty()) {
            return List.of("");
        }
        Zones zones = cloud.zones().get();
        List<String> derived = zones.deriveAvailabilityZones(start);
        List<String> usable = derived.isEmpty()
                ? zones.availabilityZones().stream()
                        .filter(AvailabilityZone::available)
                        .map(AvailabilityZone::name)
                        .toList()
                : derived;
        return ZoneChoice.among(usable, params.zones(), "bootstrap instance");
    }
}
