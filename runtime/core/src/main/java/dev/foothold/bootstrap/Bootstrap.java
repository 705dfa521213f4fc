package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Operation;
import dev.foothold.journal.Undo;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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

    private static final String OPERATION = "bootstrap";
    private static final Duration UNDO_BUDGET = Duration.ofMinutes(2);

    private final StateStore store;
    private final BootstrapFinisher finisher;

    /**
     * Creates a bootstrap.
     *
     * @param store where the model's state is kept
     * @param finisher waits for the machine and configures it
     */
    public Bootstrap(StateStore store, BootstrapFinisher finisher) {
        this.store = Objects.requireNonNull(store, "store");
        this.finisher = Objects.requireNonNull(finisher, "finisher");
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
        return bootstrapInstance(cloud, context, params).finish();
    }

    /**
     * Starts the first machine, for callers that want to do something with it before it is finished.
     *
     * @param cloud where
     * @param context the operation
     * @param params what
     * @return the machine; call {@link StartedBootstrap#finish()} or {@link StartedBootstrap#abandon}
     * @throws FootholdException as {@link #bootstrap} does
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     */
    public StartedBootstrap bootstrapInstance(Cloud cloud, OperationContext context, BootstrapParams params)
            throws InterruptedException {
        ModelSettings model = context.model();
        ProviderState state = new ProviderState(store, model.name());
        refuseIfBootstrapped(state, model);
        Operation operation = Operation.claim(
                store, model.name(), context.id(), OPERATION, context.timeline().now());
        try {
            // Somebody may have finished between the first look and the claim.
            refuseIfBootstrapped(state, model);
        } catch (FootholdException e) {
            operation.release();
            throw e;
        }
        Undo undo = new Undo(context.timeline(), UNDO_BUDGET);
        StartedBootstrap started = new StartedBootstrap(cloud, context, params, finisher, undo, OPERATION);
        undo.register("the claim on model \"" + model.name() + "\"", operation::release);
        try {
            context.events().on(new Event.OperationStarted(context.timeline().now(), OPERATION, model.name()));
            cloud.prepareForBootstrap();
            Offering offering = Offering.choose(cloud, params.base(), params.arch(), params.instanceType());
            FirstBoot firstBoot = FirstBoot.create(model, Identity.of(store, model.name()));
            OperationInstances instances = new OperationInstances(cloud, context);
            List<InstanceId> recorded = new ArrayList<>();
            undo.register("instances tagged " + Owner.OPERATION + "=" + context.id(), () -> {
                instances.stopAll();
                // Only now: what could not be stopped must stay on record.
                state.removeStateInstances(recorded);
            });
            StartInstanceParams start = new StartInstanceParams(
                    model.owner(),
                    model.name() + "-controller",
                    token(context, null),
                    firstBoot.userData(),
                    instances.tags().with(Owner.IS_CONTROLLER, "true"),
                    null,
                    offering.image(),
                    offering.type());
            Instance instance = startInSomeZone(cloud, context, params, offering, start);
            instances.add(instance.id());
            recorded.add(instance.id());
            state.addStateInstance(instance.id());
            started.begun(instance, firstBoot, operation);
            return started;
        } catch (FootholdException | InterruptedException | Error e) {
            started.abandon(e);
            throw e;
        } catch (RuntimeException e) {
            started.abandon(e);
            throw new BootstrapException("bootstrap of model \"" + model.name() + "\" failed: " + e, e);
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

    private static IdempotencyToken token(OperationContext context, @Nullable String zone) {
        return IdempotencyToken.derive(context.id(), "start", zone == null ? "" : zone);
    }

    private static Instance startInSomeZone(
            Cloud cloud, OperationContext context, BootstrapParams params, Offering offering, StartInstanceParams start)
            throws InterruptedException {
        Map<String, CloudException> refusals = new LinkedHashMap<>();
        for (String zone : zonesToTry(cloud, params, start)) {
            @Nullable String zoneName = zone.isEmpty() ? null : zone;
            context.events().on(new Event.InstanceRequested(context.timeline().now(), zoneName, offering.describe()));
            try {
                Instance instance = cloud.startInstance(start.in(zoneName, token(context, zoneName)));
                context.events().on(new Event.InstanceStarted(context.timeline().now(), instance));
                return instance;
            } catch (CloudException e) {
                context.events().on(new Event.InstanceRefused(context.timeline().now(), zoneName, e.reason()));
                if (zoneName == null || CloudException.isZoneIndependent(e)) {
                    throw new BootstrapException("cannot start bootstrap instance: " + e.getMessage(), e);
                }
                refusals.put(zone, e);
            }
        }
        throw noRoom(refusals);
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
        List<String> zones = cloud.zones().get().deriveAvailabilityZones(start);
        if (zones.isEmpty()) {
            zones = cloud.zones().get().availabilityZones().stream()
                    .filter(AvailabilityZone::available)
                    .map(AvailabilityZone::name)
                    .toList();
        }
        if (zones.isEmpty()) {
            throw new BootstrapException("cannot start bootstrap instance: no usable availability zones", null);
        }
        List<String> wanted = zones.stream()
                .filter(zone -> params.zones().isEmpty() || params.zones().contains(zone))
                .toList();
        if (wanted.isEmpty()) {
            List<String> constraint = new ArrayList<>(params.zones());
            Collections.sort(constraint);
            throw new BootstrapException(
                    "no available zones (" + quoted(zones) + ") matching bootstrap zone constraints ("
                            + quoted(constraint) + ")",
                    null);
        }
        return wanted;
    }

    private static String quoted(List<String> zones) {
        return zones.stream().map(zone -> "\"" + zone + "\"").collect(Collectors.joining(", "));
    }
}
