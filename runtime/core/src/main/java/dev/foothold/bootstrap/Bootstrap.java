package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Operation;
import dev.foothold.journal.Pulse;
import dev.foothold.model.Owner;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Makes the first machine of a model, its controller. Whatever fails, nothing is left behind, or the exception says
 * what is. If the whole process dies, the next call goes on where it stopped: with the machine that was started if the
 * same one is asked for, else by taking back what was done. Thread-safe.
 */
public final class Bootstrap {

    private static final Duration CLOUD_BUDGET = Duration.ofMinutes(10);

    private final StateStore store;
    private final BootstrapFinisher finisher;
    private final HostSshOptions ssh;
    private final Pulse pulse;

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
        this(store, finisher, ssh, Pulse.ofThisProcess());
    }

    /**
     * Creates a bootstrap.
     *
     * @param store where the model's state is kept
     * @param finisher waits for the machine and configures it
     * @param ssh how machines are logged in to; identity and host key are added
     * @param pulse how this process shows that it lives, and judges whether others do
     */
    public Bootstrap(StateStore store, BootstrapFinisher finisher, HostSshOptions ssh, Pulse pulse) {
        this.store = Objects.requireNonNull(store, "store");
        this.finisher = Objects.requireNonNull(finisher, "finisher");
        this.ssh = Objects.requireNonNull(ssh, "ssh");
        this.pulse = Objects.requireNonNull(pulse, "pulse");
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
        check(context, params);
        return start(cloud.withRedactor(context.redactor()), context, params);
    }

    /**
     * Says what a bootstrap would ask for, without anything being started, made or written down.
     *
     * @param cloud where
     * @param context the operation
     * @param params what
     * @return the plan
     * @throws BootstrapException if the bootstrap would be refused before the cloud is asked for a machine
     * @throws FootholdException if the cloud cannot be asked what there is
     * @throws InterruptedException if the caller was interrupted
     */
    public BootstrapPlan plan(Cloud cloud, OperationContext context, BootstrapParams params)
            throws InterruptedException {
        check(context, params);
        params.cloudConfig().renderScript();
        Cloud discreet = cloud.withRedactor(context.redactor());
        FirstBoot firstBoot = FirstBoot.create(
                context.model(), SshKeyPair.generate(""), discreet.dataDirectory(), discreet.takesUserData());
        OperationInstances instances = new OperationInstances(discreet, context);
        return new StartAttempts(discreet, context, params)
                .plan(firstBoot.userData(), instances.tags().with(Owner.IS_CONTROLLER, "true"));
    }

    /** Refuses what cannot be, and learns what must not be shown. */
    private static void check(OperationContext context, BootstrapParams params) {
        context.redactor().hide(params.secrets());
        context.redactor().hide(params.cloudConfig().secrets());
        SupportedBases.check(params);
        Agent agent = params.agent();
        if (agent != null) {
            context.redactor().hide(agent.secrets());
            // Before anything is started: a machine for which there is no agent would be started in vain.
            agent.binaries().choose(params.base(), params.arch(), agent.version());
        }
    }

    private StartedBootstrap start(Cloud cloud, OperationContext context, BootstrapParams params)
            throws InterruptedException {
        Claims.Claimed claimed =
                new Claims(store, cloud, context, pulse).claimForBootstrap(Fingerprint.of(params, context.model()));
        Operation operation = claimed.operation();
        OperationContext own = claimed.context();
        own.tell(Event.OperationStarted::new);
        OperationTraces traces = new OperationTraces(store, cloud, own, operation);
        traces.inherit();
        Rollback rollback = new Rollback(own, operation, traces);
        Heartbeat heart = operation.startHeart();
        try {
            FirstBoot firstBoot = firstBoot(cloud, own, traces);
            own.redactor().hide(firstBoot.secrets());
            finisher.prepare();
            StartedMachine machine = heart.during(
                    "start", () -> start(cloud.fenced(operation::beat), claimed, params, traces, firstBoot));
            return new StartedBootstrap(
                    own,
                    machine,
                    finisher,
                    operation,
                    heart,
                    rollback,
                    traces,
                    new MachineAccess(store, own.model().name(), ssh));
        } catch (ExecutionException e) {
            heart.close();
            throw rollback.fail(e.getCause());
        } catch (RuntimeException | InterruptedException | Error e) {
            heart.close();
            throw rollback.fail(e);
        }
    }

    /** Makes up what the machine is told at its first boot, and keeps it for a run that may come after this one. */
    private static FirstBoot firstBoot(Cloud cloud, OperationContext context, OperationTraces traces)
            throws InterruptedException {
        Optional<FirstBoot> earlier = traces.firstBoots().of(context.id(), traces.identity());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        String dataDirectory = cloud.dataDirectory();
        FirstBoot firstBoot = FirstBoot.create(
                context.model(), traces.identity().create(context.id()), dataDirectory, cloud.takesUserData());
        traces.firstBoots().keep(context.id(), firstBoot);
        return firstBoot;
    }

    private StartedMachine start(
            Cloud cloud, Claims.Claimed claimed, BootstrapParams params, OperationTraces traces, FirstBoot firstBoot)
            throws InterruptedException {
        OperationContext context = claimed.context();
        Instance instance = claimed.found() != null
                ? adopt(claimed.operation(), claimed.found(), traces)
                : CloudBudget.within(
                        context.timeline(),
                        CLOUD_BUDGET,
                        "start the first machine",
                        () -> ask(cloud, context, claimed.operation(), params, traces, firstBoot));
        traces.state().addStateInstance(instance.id());
        List<SshPublicKey> pinned = traces.pins().of(instance.id());
        if (pinned.isEmpty()) {
            traces.pins().keep(instance.id(), firstBoot.hostKeys(instance));
        }
        context.tell((at, origin) -> new Event.InstanceStarted(at, origin, instance));
        RefreshableInstance refreshable = new RefreshableInstance(instance, cloud);
        return new StartedMachine(
                refreshable,
                firstBoot.identity(),
                firstBoot.sshOptions(ssh, refreshable::instance, pinned),
                firstBoot.checkNonceScript(),
                firstBoot.seedScript(),
                firstBoot.dataDirectory(),
                params,
                claimed.operation()::beat);
    }

    /** Goes on with a machine that an earlier run has started; others that it may have started are strays. */
    private static Instance adopt(Operation operation, Instance found, OperationTraces traces) {
        if (!operation.record().instances().contains(found.id())) {
            // Which of the starts has made it is not known; it is not the answer to any of them.
            operation.started("found-" + found.id(), found.zone().orElse(null), found.id());
        }
        traces.instances().add(found.id());
        return found;
    }

    private static Instance ask(
            Cloud cloud,
            OperationContext context,
            Operation operation,
            BootstrapParams params,
            OperationTraces traces,
            FirstBoot firstBoot)
            throws InterruptedException {
        cloud.prepareForBootstrap(traces.sides().scope(""));
        return new StartAttempts(cloud, context, params)
                .start(
                        new JournalledStarts(operation, traces),
                        firstBoot.userData(),
                        traces.instances().tags().with(Owner.IS_CONTROLLER, "true"));
    }
}
