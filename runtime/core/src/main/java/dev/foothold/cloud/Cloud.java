package dev.foothold.cloud;

import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsReport;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.InstanceTagger;
import dev.foothold.environ.MachineLogin;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.environ.UserDataSupport;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserDataLimit;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.redact.Redactor;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Guards an author's environ on behalf of one owner: every call goes through the interceptors, every failure becomes a
 * {@link CloudException} that names what was asked for, and resources of other owners are never seen.
 *
 * <p>Around each call stand, outermost first:
 * <ol>
 *   <li>call events, which tell what the caller sees: the whole time it took, with all repetitions, and the final outcome;
 *   <li>{@link CredentialErrors}, which judge what is left when repeating did not help;
 *   <li>{@link Throttling}, which repeats everything further in;
 *   <li>the user's {@link Interceptor}s, which so see each attempt;
 *   <li>the classification of failures, innermost so that all others see what a failure means.
 * </ol>
 *
 * <p>All methods throw {@link CloudException} if the cloud refuses, {@link CredentialNotValidException} among them, and
 * {@link InterruptedException} if the caller was interrupted. Thread-safe.
 */
public final class Cloud {

    static final Call PROBE = Call.of(SharedProbe.OPERATION);

    private final Environ environ;
    private final Owner owner;
    private final CallEvents callEvents;
    private final CredentialErrors credentialErrors;
    private final Throttling throttling;
    private final List<Interceptor> inner;
    private final Classification classification;
    private final Shortages shortages;

    private Cloud(
            Environ environ,
            Owner owner,
            CallEvents callEvents,
            CredentialErrors credentialErrors,
            Throttling throttling,
            List<Interceptor> inner,
            Classification classification,
            Shortages shortages) {
        this.environ = environ;
        this.owner = owner;
        this.callEvents = callEvents;
        this.credentialErrors = credentialErrors;
        this.throttling = throttling;
        this.inner = inner;
        this.classification = classification;
        this.shortages = shortages;
    }

    private Cloud(Environ environ, OperationContext context, Duration callBudget, List<Interceptor> interceptors) {
        this.environ = environ;
        this.owner = context.model().owner();
        this.callEvents = new CallEvents(context);
        this.throttling = new Throttling(context, callBudget);
        this.inner = List.copyOf(interceptors);
        this.classification = new Classification(environ, context.timeline(), context.redactor());
        this.shortages = new Shortages(context.timeline());
        this.credentialErrors = new CredentialErrors(
                context,
                environ instanceof CredentialProbe probe
                        ? new SharedProbe(context.timeline(), () -> unjudged(PROBE, done(probe::probeCredential)))
                        : null);
    }

    /**
     * Puts a guard around an environ.
     *
     * @param environ the author's object
     * @param context the model whose resources are seen, those of others are not; the timeline; who is told of calls
     *     and of credentials that are not valid any more
     * @param callBudget how long a call and its repetitions may take, before the last attempt begins; zero for one
     *     attempt
     * @param interceptors further interceptors, outermost first; they see each attempt, and classified failures
     * @return the guarded environ
     * @throws IllegalArgumentException if the budget is negative
     */
    public static Cloud guard(
            Environ environ, OperationContext context, Duration callBudget, List<Interceptor> interceptors) {
        return new Cloud(environ, context, callBudget, interceptors);
    }

    /**
     * Puts a guard around an environ, for callers that keep no credentials; calls have the
     * {@linkplain Throttling#DEFAULT_BUDGET default budget}.
     *
     * @param environ the author's object
     * @param model whose resources are seen; those of others are not
     * @param interceptors further interceptors, outermost first; they see each attempt, and classified failures
     * @param timeline the way to wait
     * @param events is told of every call
     * @return the guarded environ
     */
    public static Cloud guard(
            Environ environ, ModelSettings model, List<Interceptor> interceptors, Timeline timeline, EventSink events) {
        return guard(
                environ, OperationContext.standing(model, timeline, events), Throttling.DEFAULT_BUDGET, interceptors);
    }

    /**
     * Gives calls no more time than is left, for work that must have ended by then.
     *
     * @param left how long a call and its repetitions may take at most, before the last attempt begins; zero, and less,
     *     for one attempt
     * @return a guard of the same environ, which shares everything else with this one
     */
    public Cloud within(Duration left) {
        return new Cloud(
                environ,
                owner,
                callEvents,
                credentialErrors,
                throttling.atMost(left),
                inner,
                classification,
                shortages);
    }

    /**
     * Keeps further secrets out of what calls fail with: those of what they hand over.
     *
     * @param redactor knows them, and those that were known before
     * @return the changed copy
     */
    public Cloud withRedactor(Redactor redactor) {
        return new Cloud(
                environ,
                owner,
                callEvents,
                credentialErrors,
                throttling,
                inner,
                classification.with(redactor),
                shortages);
    }

    /**
     * Has something done before every attempt at a call that may change something in the cloud, after all else that
     * stands around the call: for callers that must make sure at the last moment that they may do it.
     *
     * @param fence does it; what it throws takes the place of the call
     * @return a guard of the same environ, which shares everything else with this one
     */
    public Cloud fenced(Runnable fence) {
        List<Interceptor> all = new ArrayList<>(inner);
        all.add(new Fence(fence));
        return new Cloud(
                environ, owner, callEvents, credentialErrors, throttling, List.copyOf(all), classification, shortages);
    }

    /**
     * Works on behalf of another owner in the same cloud, whose resources are seen then instead.
     *
     * @param other the owner
     * @return a guard of the same environ, which shares everything else with this one
     */
    public Cloud ownedBy(Owner other) {
        return new Cloud(environ, other, callEvents, credentialErrors, throttling, inner, classification, shortages);
    }

    /**
     * Gives the tags by which the owner's resources are known.
     *
     * @return the owner's tags
     */
    public Tags owner() {
        return owner.tags();
    }

    /**
     * Tells what the cloud had no room for.
     *
     * @return what is remembered of the starts through this guard, and those that share with it
     */
    public Shortages shortages() {
        return shortages;
    }

    /**
     * Gives the calls that only clouds with availability zones answer.
     *
     * @return empty if the cloud has no zones
     */
    public Optional<Zones> zones() {
        return environ instanceof ZonedEnviron zoned ? Optional.of(new Zones(this, zoned)) : Optional.empty();
    }

    /**
     * Gives the calls that only clouds answer that have more than instances.
     *
     * @return empty if the environ lists no other resources
     */
    public Optional<Resources> resources() {
        return environ instanceof HasResources more ? Optional.of(new Resources(this, more)) : Optional.empty();
    }

    /**
     * Gives the calls that put tags on what is there already.
     *
     * @return empty if the environ cannot do that
     */
    public Optional<Tagger> tagger() {
        return environ instanceof InstanceTagger tagger ? Optional.of(new Tagger(this, tagger)) : Optional.empty();
    }

    /**
     * Gives the call that tells whether the cloud still accepts the credential.
     *
     * @return empty if the environ has none
     */
    public Optional<Probe> credentialProbe() {
        return environ instanceof CredentialProbe probe ? Optional.of(new Probe(this, probe)) : Optional.empty();
    }

    /**
     * Has the environ refuse what it can surely not start.
     *
     * @param params what would be started
     * @throws CloudException if it cannot be started, or the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public void precheckInstance(StartInstanceParams params) throws InterruptedException {
        run(Call.of("precheckInstance"), () -> environ.precheckInstance(params));
    }

    /**
     * Checks that the cloud can be used.
     *
     * @throws InterruptedException if the caller was interrupted
     */
    public void prepareForBootstrap() throws InterruptedException {
        prepareForBootstrap(UndoScope.none());
    }

    /**
     * Checks that the cloud can be used, and makes in it what a bootstrap needs.
     *
     * @param scope takes note of what is made
     * @throws InterruptedException if the caller was interrupted
     */
    public void prepareForBootstrap(UndoScope scope) throws InterruptedException {
        run(Call.of("prepareForBootstrap"), () -> environ.prepareForBootstrap(scope));
    }

    /**
     * Starts an instance.
     *
     * @param params where, what, and with which tags
     * @return what is known about it
     * @throws InterruptedException if the caller was interrupted; the instance may have been started then
     */
    public Instance startInstance(StartInstanceParams params) throws InterruptedException {
        try {
            Instance instance = through(
                    Call.in("startInstance", params.zoneName()), () -> Answers.present(environ.startInstance(params)));
            shortages.accepted(params.zoneName(), params.instanceType());
            return instance;
        } catch (CloudException e) {
            shortages.refused(params.zoneName(), params.instanceType(), e);
            throw e;
        }
    }

    /**
     * Stops a batch of instances; the caller sees to it that they are the owner's. The failure of a single instance is
     * treated like that of a call: classified, repeated if that may help, and told of.
     *
     * @param ids at most {@link #maxBatch()} instances
     * @return the failures by instance, for a batch of more than one; that of a single instance is thrown
     * @throws InterruptedException if the caller was interrupted
     */
    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws InterruptedException {
        return batch(ids, batch -> Call.of("stopInstances", batch), environ::stopInstances);
    }

    /** One call of the author's for several things. */
    interface Bulk<T> {
        @Nullable
        Map<T, Exception> of(List<T> things) throws Exception;
    }

    /** Makes one call for several things; the failure of a single one is treated like that of a call. */
    <T> Map<T, Exception> batch(List<T> things, Function<List<T>, Call> call, Bulk<T> bulk)
            throws InterruptedException {
        List<T> batch = List.copyOf(things);
        if (batch.size() == 1) {
            single(batch, call, bulk, null);
            return Map.of();
        }
        Map<T, Exception> failures = through(call.apply(batch), () -> Answers.map(bulk.of(batch)));
        Map<T, Exception> left = new LinkedHashMap<>();
        for (T thing : batch) {
            Exception failure = failures.get(thing);
            if (failure != null) {
                try {
                    single(List.of(thing), call, bulk, failure);
                } catch (CloudException e) {
                    left.put(thing, e);
                }
            }
        }
        return left;
    }

    /** Does it for one thing; a failure that is known already stands for the first attempt. */
    private <T> void single(List<T> one, Function<List<T>, Call> call, Bulk<T> bulk, @Nullable Exception known)
            throws InterruptedException {
        Queue<Exception> first =
                new ArrayDeque<>(Optional.ofNullable(known).stream().toList());
        run(call.apply(one), () -> {
            Exception failure = first.isEmpty() ? Answers.map(bulk.of(one)).get(one.get(0)) : first.remove();
            if (failure != null) {
                throw failure;
            }
        });
    }

    /**
     * Says how many instances can be stopped in one call.
     *
     * @return at least 1
     * @throws InterruptedException if the caller was interrupted
     */
    public int maxBatch() throws InterruptedException {
        return Math.max(1, through(Call.of("maxBatch"), environ::maxBatch));
    }

    /**
     * Lists the owner's instances, whatever their status.
     *
     * @return instances that carry every one of the owner's tags
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Instance> allInstances() throws InterruptedException {
        return allInstances(owner());
    }

    /**
     * Lists the instances of all models of a controller, whatever their status.
     *
     * @param controllerUuid the controller
     * @return instances that carry the controller's tag
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Instance> allInstances(UUID controllerUuid) throws InterruptedException {
        return allInstances(Owner.managedBy(controllerUuid));
    }

    private List<Instance> allInstances(Tags tags) throws InterruptedException {
        return carrying(tags, through(Call.of("allInstances"), () -> Answers.list(environ.allInstances(tags))));
    }

    /**
     * Lists the owner's instances that are running.
     *
     * @return instances that carry every one of the owner's tags
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Instance> allRunningInstances() throws InterruptedException {
        return carrying(
                        owner(),
                        through(
                                Call.of("allRunningInstances"),
                                () -> Answers.list(environ.allRunningInstances(owner()))))
                .stream()
                .filter(Instance::isRunning)
                .toList();
    }

    /**
     * Lists the machines that run the controller the owner belongs to; they may be of another of its models.
     *
     * @return instances that are marked as machines of that controller
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Instance> controllerInstances() throws InterruptedException {
        UUID controller = owner.controllerUuid();
        return carrying(
                Owner.controllerTags(controller),
                through(Call.of("controllerInstances"), () -> Answers.list(environ.controllerInstances(controller))));
    }

    /**
     * Finds instances by id.
     *
     * @param ids the instances
     * @return what was found; instances that are not there, or are not the owner's, are missing
     * @throws InterruptedException if the caller was interrupted
     */
    public Map<InstanceId, Instance> instances(List<InstanceId> ids) throws InterruptedException {
        List<InstanceId> asked = List.copyOf(ids);
        Map<InstanceId, Instance> found =
                through(Call.of("instances", asked), () -> Answers.map(environ.instances(asked, owner())));
        Tags tags = owner();
        found.values().removeIf(instance -> !instance.tags().containsAll(tags));
        return found;
    }

    /**
     * Says how machines are logged in to. The environ answers from what it knows, so no event tells of it.
     *
     * @param users what the user says
     * @return the same, with what the environ knows better; it throws {@link CloudException} if the environ fails
     */
    public HostSshOptions logins(HostSshOptions users) {
        if (!(environ instanceof MachineLogin own)) {
            return users;
        }
        return address -> {
            try {
                return Answers.present(own.login(address, users.forHost(address)));
            } catch (RuntimeException e) {
                throw classification.describe(Call.of("login"), e);
            }
        };
    }

    /**
     * Says where Foothold keeps its data on a machine.
     *
     * @return the path
     * @throws InterruptedException if the caller was interrupted
     */
    public String dataDirectory() throws InterruptedException {
        return through(Call.of("dataDirectory"), () -> Answers.present(environ.dataDirectory()));
    }

    /**
     * Says whether machines can be told something at their first boot.
     *
     * @return false if all they need has to be brought to them later
     * @throws InterruptedException if the caller was interrupted
     */
    public boolean takesUserData() throws InterruptedException {
        return through(Call.of("userData"), () -> Answers.present(environ.userData())) != UserDataSupport.NONE;
    }

    /**
     * Says how much machines can be told at their first boot.
     *
     * @return the limit
     * @throws InterruptedException if the caller was interrupted
     */
    public UserDataLimit userDataLimit() throws InterruptedException {
        return through(Call.of("userDataLimit"), () -> Answers.present(environ.userDataLimit()));
    }

    /**
     * Lists the images for an operating system and architecture.
     *
     * @param base the operating system
     * @param arch the architecture
     * @return best first; empty if the caller has to choose
     * @throws InterruptedException if the caller was interrupted
     */
    public List<ImageMetadata> images(Base base, Arch arch) throws InterruptedException {
        return through(Call.of("images"), () -> Answers.list(environ.images(base, arch)));
    }

    /**
     * Lists the sizes of machines.
     *
     * @param constraints what the machine has to be; none to see all there are
     * @return best first, at least those that meet the constraints; empty if there is only one
     * @throws InterruptedException if the caller was interrupted
     */
    public List<InstanceType> instanceTypes(Constraints constraints) throws InterruptedException {
        return through(Call.of("instanceTypes"), () -> Answers.list(environ.instanceTypes(constraints)));
    }

    /**
     * Asks what the cloud makes of constraints.
     *
     * @param constraints what the machine has to be
     * @return what has no effect, and what cannot be met
     * @throws InterruptedException if the caller was interrupted
     */
    public ConstraintsReport validate(Constraints constraints) throws InterruptedException {
        // The author's resolvers run in there, too.
        return through(
                Call.of("constraintsValidator"),
                () -> Answers.present(environ.constraintsValidator()).validate(constraints));
    }

    private static List<Instance> carrying(Tags tags, List<Instance> listed) {
        return listed.stream()
                .filter(instance -> instance.tags().containsAll(tags))
                .toList();
    }

    /** A call that gives nothing. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    void run(Call call, Action body) throws InterruptedException {
        through(call, done(body));
    }

    private static Callable<Boolean> done(Action body) {
        return () -> {
            body.run();
            return true;
        };
    }

    <T> T through(Call call, Callable<T> body) throws InterruptedException {
        try {
            AtomicInteger attempts = new AtomicInteger();
            return callEvents.around(
                    call, () -> credentialErrors.around(call, () -> repeated(call, body, attempts)), attempts::get);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Thrown by an interceptor: what the environ throws has been classified.
            throw new CloudException(CloudException.Kind.OTHER, call + ": " + FailureText.of(e), e);
        }
    }

    /** Makes a call whose denial is not judged: it is itself asked for in order to judge another one. */
    private <T> T unjudged(Call call, Callable<T> body) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        return callEvents.around(call, () -> repeated(call, body, attempts), attempts::get);
    }

    private <T> T repeated(Call call, Callable<T> body, AtomicInteger attempts) throws Exception {
        return throttling.around(call, () -> {
            attempts.incrementAndGet();
            return attempt(call, body);
        });
    }

    private <T> T attempt(Call call, Callable<T> body) throws Exception {
        Callable<T> chain = () -> classification.around(call, body);
        for (int i = inner.size() - 1; i >= 0; i--) {
            Interceptor interceptor = inner.get(i);
            Callable<T> next = chain;
            chain = () -> interceptor.around(call, next);
        }
        return chain.call();
    }
}
