package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UserDataSupport;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Guards an author's environ on behalf of one owner: every call goes through the interceptors, every failure becomes a
 * {@link CloudException} that names what was asked for, and instances of other owners are never seen.
 *
 * <p>All methods throw {@link CloudException} if the cloud refuses, and {@link InterruptedException} if the caller was
 * interrupted. Thread-safe.
 */
public final class Cloud {

    private final Environ environ;
    private final Owner owner;
    private final List<Interceptor> interceptors;

    private Cloud(Environ environ, Owner owner, List<Interceptor> interceptors) {
        this.environ = environ;
        this.owner = owner;
        this.interceptors = interceptors;
    }

    /**
     * Puts a guard around an environ.
     *
     * @param environ the author's object
     * @param model whose resources are seen; those of others are not
     * @param interceptors further interceptors, outermost first; they see classified failures
     * @param timeline tells how long calls take
     * @param events is told of every call
     * @return the guarded environ
     */
    public static Cloud guard(
            Environ environ, ModelSettings model, List<Interceptor> interceptors, Timeline timeline, EventSink events) {
        List<Interceptor> all = new ArrayList<>();
        all.add(new CallEvents(model.name(), timeline, events));
        all.addAll(interceptors);
        all.add(new Classification(environ, timeline));
        return new Cloud(environ, model.owner(), List.copyOf(all));
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
     * Gives the calls that only clouds with availability zones answer.
     *
     * @return empty if the cloud has no zones
     */
    public Optional<Zones> zones() {
        return environ instanceof ZonedEnviron zoned ? Optional.of(new Zones(this, zoned)) : Optional.empty();
    }

    /**
     * Checks that the cloud can be used.
     *
     * @throws InterruptedException if the caller was interrupted
     */
    public void prepareForBootstrap() throws InterruptedException {
        this.<@Nullable Void>through(Call.of("prepareForBootstrap"), () -> {
            environ.prepareForBootstrap();
            return null;
        });
    }

    /**
     * Starts an instance.
     *
     * @param params where, what, and with which tags
     * @return what is known about it
     * @throws InterruptedException if the caller was interrupted; the instance may have been started then
     */
    public Instance startInstance(StartInstanceParams params) throws InterruptedException {
        return through(
                Call.in("startInstance", params.zoneName()), () -> Answers.present(environ.startInstance(params)));
    }

    /**
     * Stops a batch of instances; the caller sees to it that they are the owner's.
     *
     * @param ids at most {@link #maxBatch()} instances
     * @return the failures by instance
     * @throws InterruptedException if the caller was interrupted
     */
    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws InterruptedException {
        List<InstanceId> batch = List.copyOf(ids);
        return through(Call.of("stopInstances", batch), () -> Answers.map(environ.stopInstances(batch)));
    }

    /**
     * Says how many instances can be stopped in one call.
     *
     * @return at least 1
     */
    public int maxBatch() {
        return Math.max(1, environ.maxBatch());
    }

    /**
     * Lists the owner's instances, whatever their status.
     *
     * @return instances that carry every one of the owner's tags
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Instance> allInstances() throws InterruptedException {
        return carrying(owner(), through(Call.of("allInstances"), () -> Answers.list(environ.allInstances(owner()))));
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
        found.values().removeIf(instance -> !instance.tags().containsAll(owner()));
        return found;
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
     */
    public boolean takesUserData() {
        return environ.userData() != UserDataSupport.NONE;
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
     * @return best first; empty if there is only one
     * @throws InterruptedException if the caller was interrupted
     */
    public List<InstanceType> instanceTypes() throws InterruptedException {
        return through(Call.of("instanceTypes"), () -> Answers.list(environ.instanceTypes()));
    }

    private static List<Instance> carrying(Tags tags, List<Instance> listed) {
        return listed.stream()
                .filter(instance -> instance.tags().containsAll(tags))
                .toList();
    }

    <T extends @Nullable Object> T through(Call call, Callable<T> body) throws InterruptedException {
        Callable<T> chain = body;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            Interceptor interceptor = interceptors.get(i);
            Callable<T> next = chain;
            chain = () -> interceptor.around(call, next);
        }
        try {
            return chain.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CloudException(CloudException.Kind.OTHER, call + ": " + e.getMessage(), e);
        }
    }
}
