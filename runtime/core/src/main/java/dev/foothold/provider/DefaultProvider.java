package dev.foothold.provider;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.Bootstrap;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapPlan;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.Launch;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.bootstrap.MachineAccess;
import dev.foothold.bootstrap.RefreshableInstance;
import dev.foothold.bootstrap.StartedBootstrap;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.WithoutSecrets;
import dev.foothold.destroy.Destroy;
import dev.foothold.destroy.DestroyParams;
import dev.foothold.destroy.DestroyPlan;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.destroy.Protection;
import dev.foothold.destroy.Stopping;
import dev.foothold.destroy.Sweep;
import dev.foothold.destroy.SweepReport;
import dev.foothold.destroy.Sweeper;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.firewall.SshInstanceConfigurator;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Journal;
import dev.foothold.journal.OperationRecord;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Does, for one model in one cloud, what every platform needs: makes the first machine, makes more, removes everything.
 *
 * <p>Superclass of the generated classes; can also be made by hand around any {@link Environ}. Thread-safe if the
 * environ is.
 */
public class DefaultProvider implements AutoCloseable {

    /** How many seconds {@link #connect(InstanceId)} waits for a machine. */
    public static final int LOGIN_SECONDS = 30;

    private final Environ environ;
    private final ModelSettings model;
    private final Foothold foothold;
    private final Cloud cloud;

    /**
     * Creates a provider.
     *
     * @param environ the author's object; closed with the provider if it is {@link AutoCloseable}
     * @param model the model
     * @param foothold what Foothold works with
     */
    public DefaultProvider(Environ environ, ModelSettings model, Foothold foothold) {
        this.environ = Objects.requireNonNull(environ, "environ");
        this.model = Objects.requireNonNull(model, "model");
        this.foothold = Objects.requireNonNull(foothold, "foothold");
        this.cloud = Cloud.guard(
                environ,
                OperationContext.standing(model, foothold.timeline(), foothold.events())
                        .withCredentialSink(foothold.credentials())
                        .withRedactor(foothold.redactor()),
                foothold.callBudget(),
                foothold.interceptors());
    }

    /**
     * Gives the author's object. Calls to it are not guarded.
     *
     * @return the environ
     */
    public Environ environ() {
        return environ;
    }

    /**
     * Gives what is fixed about the model.
     *
     * @return the settings
     */
    public final ModelSettings model() {
        return model;
    }

    /**
     * Gives the verbs that only clouds with availability zones have.
     *
     * @return empty if the cloud has no zones
     */
    public Optional<DefaultZonedProvider> zoned() {
        return Optional.empty();
    }

    /**
     * Makes the model's first machine: starts it, makes sure that it is that machine, and configures it.
     *
     * <p>If the process dies on the way, the next call goes on: with the machine that was started if the same one is asked
     * for, else by taking back what was done. {@link #status()} says what there is to go on with.
     *
     * @param params what to make
     * @return the machine
     * @throws dev.foothold.bootstrap.AlreadyBootstrappedException if the model has a machine already
     * @throws dev.foothold.journal.OperationInProgressException if somebody else is working on the model
     * @throws dev.foothold.bootstrap.BootstrapException if no zone has room, or the machine failed
     * @throws dev.foothold.bootstrap.WaitTimeoutException if the machine did not prove itself in time
     * @throws dev.foothold.bootstrap.ScriptFailedException if the machine could not be configured
     * @throws FootholdException if something else failed
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     */
    public final BootstrapResult bootstrapEnv(BootstrapParams params) throws InterruptedException {
        try (StartedBootstrap started = bootstrapInstance(params)) {
            return started.finish();
        }
    }

    /**
     * Starts the model's first machine, for callers that want to do something with it before it is finished.
     *
     * @param params what to make
     * @return the machine; close it, which takes it back unless it was finished
     * @throws FootholdException as {@link #bootstrapEnv} does
     * @throws InterruptedException if the caller was interrupted; everything is taken back before it is thrown
     */
    public final StartedBootstrap bootstrapInstance(BootstrapParams params) throws InterruptedException {
        claimModel();
        return new Bootstrap(foothold.store(), foothold.finisher(), sshOptions(), foothold.pulse())
                .bootstrapInstance(cloud, newOperation("bootstrap"), params);
    }

    /**
     * Starts further machines, each in the zone that has fewest, and returns when the cloud has accepted them. They keep
     * the host keys they are started with until {@link #rotateHostKey}.
     *
     * @param count how many, at least 1
     * @param params what to make
     * @return what was started, and what was not
     * @throws IllegalArgumentException if the count is below 1
     * @throws FootholdException if something other than a zone's refusal failed; what was started is stopped then
     * @throws InterruptedException if the caller was interrupted; what was started is stopped then
     */
    public final LaunchResult launch(int count, LaunchParams params) throws InterruptedException {
        claimModel();
        return new Launch(foothold.store(), foothold.pulse()).launch(cloud, newOperation("launch"), count, params);
    }

    /**
     * Lists the model's machines, whatever their status.
     *
     * @return instances that carry all of the model's tags
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final List<Instance> instances() throws InterruptedException {
        return cloud.allInstances();
    }

    /**
     * Says what {@link #bootstrapEnv} would ask the cloud for now: zones and sizes in their order, the image, how large
     * the user data is. Nothing is started, made or written down, and the model may be bootstrapped already.
     *
     * @param params describes the machine
     * @return the plan; its {@link BootstrapPlan#describe()} is for people
     * @throws dev.foothold.bootstrap.BootstrapException if the description would be refused; the message says why
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what there is
     * @throws InterruptedException if the caller was interrupted
     */
    public final BootstrapPlan dryRun(BootstrapParams params) throws InterruptedException {
        return new Bootstrap(foothold.store(), foothold.finisher(), sshOptions(), foothold.pulse())
                .plan(cloud, newOperation("bootstrap"), params);
    }

    /**
     * Says how the model is: what the cloud has of it, and which operation on it has not ended. Nothing is changed, and
     * nobody is waited for.
     *
     * @return the status; its {@link ModelStatus#describe()} is for people
     * @throws dev.foothold.state.StateException if the record of an operation cannot be read
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final ModelStatus status() throws InterruptedException {
        Journal journal = new Journal(foothold.store(), model.name(), foothold.timeline(), foothold.pulse());
        Optional<OperationRecord> unfinished = journal.unfinished();
        Map<String, List<Instance>> zones = new TreeMap<>();
        List<InstanceId> controllers = new ArrayList<>();
        for (Instance instance : cloud.allInstances()) {
            zones.computeIfAbsent(instance.zone().orElse(""), zone -> new ArrayList<>())
                    .add(instance);
            if ("true".equals(instance.tags().asMap().get(Owner.IS_CONTROLLER))) {
                controllers.add(instance.id());
            }
        }
        return new ModelStatus(
                model.name(),
                controllers,
                zones,
                unfinished.orElse(null),
                unfinished.map(journal::describe).orElse(""),
                unfinished.map(ModelStatus::advice).orElse(""));
    }

    /**
     * Lists the machines that run the model's controller; they may be of another of its models.
     *
     * @return instances that are marked as machines of the controller
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public final List<Instance> controllerInstances() throws InterruptedException {
        return cloud.controllerInstances();
    }

    /**
     * Logs in to one of the model's machines, with the identity and the host key on record. A machine that does not
     * answer yet is waited for, for up to {@value #LOGIN_SECONDS} seconds.
     *
     * @param id the machine
     * @return a session that is logged in; the caller closes it
     * @throws dev.foothold.bootstrap.WaitTimeoutException if the machine cannot be reached in time; it says what each
     *     address answered last
     * @throws FootholdException if there is no such machine, its identity or host key is not on record, or it shows
     *     another host key
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public final SshSession connect(InstanceId id) throws InterruptedException {
        return connect(id, Duration.ofSeconds(LOGIN_SECONDS));
    }

    /**
     * Logs in to one of the model's machines, with the identity and the host key on record.
     *
     * @param id the machine
     * @param timeout how long to wait for a machine that does not answer yet
     * @return a session that is logged in; the caller closes it
     * @throws dev.foothold.bootstrap.WaitTimeoutException if the machine cannot be reached in time; it says what each
     *     address answered last
     * @throws FootholdException if there is no such machine, its identity or host key is not on record, or it shows
     *     another host key
     * @throws IllegalArgumentException if the timeout is not positive
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public final SshSession connect(InstanceId id, Duration timeout) throws InterruptedException {
        return access().connect(machine(id), foothold.ssh(), timeout, newOperation("connect"));
    }

    /**
     * Has one of the model's machines make itself a new host key, which nobody else ever sees. The first machine does so
     * when it is bootstrapped; machines that were launched are known by the host key in their user data until this is
     * done, and who can read that can pretend to be them.
     *
     * @param id the machine; waited for, for up to {@value #LOGIN_SECONDS} seconds, if it does not answer yet
     * @throws dev.foothold.bootstrap.HostKeyRotationException if the machine does not use a new key: it has no {@code
     *     ssh-keygen}, or its user cannot become root
     * @throws dev.foothold.journal.OperationInProgressException if somebody else is working on the model
     * @throws FootholdException as {@link #connect(InstanceId)} does
     * @throws InterruptedException if the caller was interrupted; the machine stays recognisable
     */
    public final void rotateHostKey(InstanceId id) throws InterruptedException {
        claimModel();
        access().rotateHostKey(
                        machine(id),
                        cloud,
                        foothold.ssh(),
                        Duration.ofSeconds(LOGIN_SECONDS),
                        newOperation("rotate-host-key"));
    }

    /**
     * Renders the command that logs in to one of the model's machines with OpenSSH's client, to be pasted into a shell.
     * It reads identity and host key from the files of the state store, and touches nothing in {@code ~/.ssh}.
     *
     * @param id the machine
     * @return one line, quoted for POSIX shells
     * @throws FootholdException if there is no such machine, its identity, host key or address is not known, or the state
     *     is not kept in files or there is a jump host; {@link #sshCommand(InstanceId, Path)} helps with the last two
     * @throws InterruptedException if the caller was interrupted
     */
    public final String sshCommand(InstanceId id) throws InterruptedException {
        return access().command(instance(id));
    }

    /**
     * Writes identity and host key of one of the model's machines, and what its jump host needs, to files that OpenSSH's
     * client understands, and renders the command that logs in with them.
     *
     * @param id the machine
     * @param directory where to write the files; private keys among them, which only their owner can read
     * @return one line, quoted for POSIX shells
     * @throws FootholdException if there is no such machine, or its identity, host key or address is not known
     * @throws IOException if the files cannot be written
     * @throws InterruptedException if the caller was interrupted
     */
    public final String sshCommand(InstanceId id, Path directory) throws IOException, InterruptedException {
        return access().command(instance(id), directory);
    }

    /**
     * Logs in to one of the model's machines, with the identity and the host key on record, to see to its firewall: for
     * clouds that put none in front of it. A machine that does not answer yet is waited for, for up to {@value
     * #LOGIN_SECONDS} seconds.
     *
     * @param id the machine
     * @return a configurator that is connected; the caller closes it
     * @throws FootholdException as {@link #connect(InstanceId)} does
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public final SshInstanceConfigurator configurator(InstanceId id) throws InterruptedException {
        RefreshableInstance machine = machine(id);
        HostSshOptions login = access().options(machine.instance());
        SshSession session =
                access().connect(machine, foothold.ssh(), Duration.ofSeconds(LOGIN_SECONDS), newOperation("configure"));
        return SshInstanceConfigurator.over(session, login, foothold.ssh());
    }

    private RefreshableInstance machine(InstanceId id) throws InterruptedException {
        return new RefreshableInstance(instance(id), cloud);
    }

    private Instance instance(InstanceId id) throws InterruptedException {
        Instance instance = cloud.instances(List.of(id)).get(id);
        if (instance == null) {
            throw new CloudException(
                    CloudException.Kind.NOT_FOUND, "model \"" + model.name() + "\" has no instance " + id);
        }
        return instance;
    }

    private HostSshOptions sshOptions() {
        return cloud.logins(foothold.sshOptions());
    }

    private MachineAccess access() {
        return new MachineAccess(foothold.store(), model.name(), sshOptions(), foothold.pulse());
    }

    /**
     * Stops some of the model's machines and proves by listing that they are gone; with the {@linkplain
     * DestroyParams#defaults() default patience}.
     *
     * @param ids which; what is not there, or belongs to somebody else, needs no stopping
     * @return those that were there and are gone
     * @throws FootholdException as {@link #stopInstances(Collection, DestroyParams)} does
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public final List<InstanceId> stopInstances(Collection<InstanceId> ids) throws InterruptedException {
        return stopInstances(ids, DestroyParams.defaults());
    }

    /**
     * Stops some of the model's machines, proves by listing that they are gone, and forgets their host keys. What they
     * used, volumes for example, stays until {@link #destroyEnv()}. Safe to repeat.
     *
     * @param ids which; what is not there, or belongs to somebody else, needs no stopping
     * @param params how patiently
     * @return those that were there and are gone
     * @throws dev.foothold.destroy.DestroyException if one of them is still there, or may be; its receipt says which and
     *     why
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what instances there are
     * @throws FootholdException if one of them is the model's controller, which goes with the model; nothing was stopped
     *     then
     * @throws dev.foothold.state.StateException if the state is that of another model of the same name by now, or cannot
     *     be read
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public final List<InstanceId> stopInstances(Collection<InstanceId> ids, DestroyParams params)
            throws InterruptedException {
        new ModelSettingsStore(foothold.store()).requireOurs(model);
        List<InstanceId> stopped = new Stopping(foothold.store()).stop(cloud, newOperation("stop"), ids, params);
        stopped.forEach(access()::forget);
        return stopped;
    }

    /**
     * Removes everything the model has, proves that nothing is left, and forgets the model; with the {@linkplain
     * DestroyParams#defaults() default patience}.
     *
     * @return what was removed
     * @throws FootholdException as {@link #destroyEnv(DestroyParams)} does
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public final DestroyReceipt destroyEnv() throws InterruptedException {
        return destroyEnv(DestroyParams.defaults());
    }

    /**
     * Removes everything the model has, proves that nothing is left, and forgets the model. First instances, then other
     * resources by kind, in the order in which the environ names the kinds. What fails is tried again until its time is
     * over, and keeps nothing that does not depend on it.
     *
     * <p>Safe to repeat. If the process dies on the way, the next call goes on.
     *
     * @param params how patiently
     * @return what was removed
     * @throws dev.foothold.destroy.ModelProtectedException if the model is {@linkplain #protect protected}
     * @throws dev.foothold.destroy.DestroyException if something is left, or may be; its receipt says what and why. The
     *     model's state is kept then
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what instances there are
     * @throws dev.foothold.state.StateException if the state is that of another model of the same name by now, or
     *     nothing is left but it cannot be removed
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public final DestroyReceipt destroyEnv(DestroyParams params) throws InterruptedException {
        new ModelSettingsStore(foothold.store()).requireOurs(model);
        return new Destroy(foothold.store(), foothold.pulse()).destroy(cloud, newOperation("destroy"), params);
    }

    /**
     * Says what {@link #destroyEnv()} would remove now, in which order. Nothing is changed.
     *
     * @return the plan; its {@link DestroyPlan#describe()} is for people
     * @throws dev.foothold.state.StateException if the state is that of another model of the same name by now, or the
     *     record of an operation cannot be read
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what there is
     * @throws InterruptedException if the caller was interrupted
     */
    public final DestroyPlan destroyPlan() throws InterruptedException {
        new ModelSettingsStore(foothold.store()).requireOurs(model);
        return new Destroy(foothold.store(), foothold.pulse()).plan(cloud, newOperation("destroy"));
    }

    /**
     * Has the model refuse to be destroyed, by whomever uses the same state store, until {@link #unprotect()}.
     *
     * @param reason why; shown to whoever tries to destroy the model
     * @throws IllegalArgumentException if the reason is blank
     * @throws dev.foothold.state.StateException if it cannot be written
     */
    public final void protect(String reason) {
        claimModel();
        new Protection(foothold.store(), model.name()).set(reason);
    }

    /**
     * Takes the model's protection away, if it has one.
     *
     * @throws dev.foothold.state.StateException if it cannot be written
     */
    public final void unprotect() {
        new Protection(foothold.store(), model.name()).clear();
    }

    /**
     * Says why the model is {@linkplain #protect protected}.
     *
     * @return the reason; empty if it is not protected
     * @throws dev.foothold.state.StateException if that cannot be read
     */
    public final Optional<String> protection() {
        return new Protection(foothold.store(), model.name()).reason();
    }

    /**
     * Finds what this cloud has of a controller that belongs to no model in the state store: what is left when a state
     * directory was lost, or when records were removed by hand. Removes it only if asked to.
     *
     * <p>The models of a controller that are in <em>another</em> store look forgotten from here: sweep only with the store
     * that has all of them, and look at a dry run first. A model that is in the store, this one among them, is never
     * touched, nor is anything of another controller, or anything that is not known to be older than the grace time.
     * <pre>{@code
     * UUID controller = UUID.fromString("…"); // the tag foothold-controller-uuid of what was found in the cloud
     * Sweep sweep = Sweep.of(controller, Duration.ofDays(1));
     * System.out.println(provider.sweep(sweep).describe());
     * System.out.println(provider.sweep(sweep.removing()).describe());
     * }</pre>
     *
     * <p>Safe to repeat. If the process dies on the way, the next call goes on.
     *
     * @param sweep whose things, how old, and whether to remove them
     * @return what was found and what became of it; what could not be removed is named there, with the reason
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what instances there are
     * @throws dev.foothold.state.StateException if it cannot be told which models are on record; nothing was removed
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public final SweepReport sweep(Sweep sweep) throws InterruptedException {
        return new Sweeper(this::live).sweep(cloud, newOperation("sweep"), sweep);
    }

    /** This model may not be on record yet. */
    private Map<UUID, String> live() {
        Map<UUID, String> models = new LinkedHashMap<>();
        models.put(model.owner().modelUuid(), model.name());
        models.putAll(new ModelSettingsStore(foothold.store()).models());
        return models;
    }

    /**
     * Closes the author's object if it can be closed.
     *
     * @throws FootholdException if it could not be closed
     */
    @Override
    public void close() {
        if (environ instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                Throwable shown = WithoutSecrets.of(e, foothold.redactor());
                if (shown == e && e instanceof RuntimeException unchanged) {
                    throw unchanged;
                }
                throw new FootholdException(
                        "the environ of model \"" + model.name() + "\" could not be closed: "
                                + (shown == e ? e : shown.getMessage()),
                        shown);
            }
        }
    }

    final Cloud cloud() {
        return cloud;
    }

    private OperationContext newOperation(String kind) {
        return OperationContext.create(kind, model, foothold.timeline(), foothold.events())
                .withCredentialSink(foothold.credentials())
                .withRedactor(foothold.redactor().fork());
    }

    private void claimModel() {
        new ModelSettingsStore(foothold.store()).claim(model);
    }
}
