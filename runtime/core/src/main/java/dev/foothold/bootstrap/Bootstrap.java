package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
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
import java.util.List;
import java.util.Objects;

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

    /** Knows what was started, and which starts may have come about although their answers were lost. */
    private static final class Starts implements StartJournal {

        private final OperationInstances instances;
        private boolean doubtful;

        Starts(OperationInstances instances) {
            this.instances = instances;
        }

        @Override
        public StartInstanceParams intended(StartInstanceParams params) {
            return params;
        }

        @Override
        public void started(StartInstanceParams params, Instance instance) {
            instances.add(instance.id());
        }

        @Override
        public void refused(StartInstanceParams params, CloudException refusal) {
            doubtful |= !refusal.isDefinite();
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
        Starts starts = new Starts(instances);
        Instance instance = new StartAttempts(cloud, context, params, starts)
                .start(firstBoot.userData(), instances.tags().with(Owner.IS_CONTROLLER, "true"));
        if (starts.doubtful) {
            instances.stopStrays();
        }
        return instance;
    }
}
