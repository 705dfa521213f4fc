package dev.foothold.cloud;

import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Guards the calls about resources that are not instances. Obtained from {@link Cloud#resources()}. */
public final class Resources {

    private final Cloud cloud;
    private final HasResources environ;
    private final Tags owner;

    Resources(Cloud cloud, HasResources environ) {
        this.cloud = cloud;
        this.environ = environ;
        this.owner = cloud.owner();
    }

    /**
     * Says which kinds of resources there are.
     *
     * @return the kinds in the order in which they have to be deleted
     * @throws InterruptedException if the caller was interrupted
     */
    public List<ResourceKind> kinds() throws InterruptedException {
        return cloud.through(Call.of("kinds"), () -> Answers.list(environ.kinds()));
    }

    /**
     * Lists the owner's resources of one kind.
     *
     * @param kind one of {@link #kinds()}
     * @return resources of this kind that carry every one of the owner's tags
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Resource> resources(ResourceKind kind) throws InterruptedException {
        return resources(kind, owner);
    }

    /**
     * Lists the resources of one kind of all models of a controller.
     *
     * @param kind one of {@link #kinds()}
     * @param controllerUuid the controller
     * @return resources of this kind that carry the controller's tag
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Resource> resources(ResourceKind kind, UUID controllerUuid) throws InterruptedException {
        return resources(kind, Owner.managedBy(controllerUuid));
    }

    private List<Resource> resources(ResourceKind kind, Tags tags) throws InterruptedException {
        List<Resource> listed = cloud.through(
                Call.about("resources", "of kind " + kind), () -> Answers.list(environ.resources(kind, tags)));
        return listed.stream()
                .filter(resource -> resource.kind().equals(kind))
                .filter(resource -> resource.tags().containsAll(tags))
                .toList();
    }

    /**
     * Deletes a resource of the owner.
     *
     * @param resource one that {@link #resources} has listed
     * @throws IllegalArgumentException if it lacks one of the owner's tags; the cloud is not asked then
     * @throws InterruptedException if the caller was interrupted
     */
    public void delete(Resource resource) throws InterruptedException {
        requireOurs(resource);
        cloud.run(Call.about("delete", resource.describe()), () -> environ.delete(resource));
    }

    /**
     * Deletes a batch of the owner's resources, all of one kind. The failure of a single one is treated like that of a
     * call: classified, repeated if that may help, and told of.
     *
     * @param resources at most {@link #maxBatch} that {@link #resources} has listed
     * @return the failures by resource, for a batch of more than one; that of a single resource is thrown
     * @throws IllegalArgumentException if one of them lacks one of the owner's tags; the cloud is not asked then
     * @throws InterruptedException if the caller was interrupted
     */
    public Map<Resource, Exception> deleteAll(List<Resource> resources) throws InterruptedException {
        resources.forEach(this::requireOurs);
        return cloud.batch(
                resources,
                batch -> Call.about(
                        "deleteAll",
                        batch.get(0).describe() + (batch.size() == 1 ? "" : " and " + (batch.size() - 1) + " more")),
                environ::deleteAll);
    }

    /**
     * Says how many resources of a kind can be deleted in one call.
     *
     * @param kind one of {@link #kinds()}
     * @return at least 1
     * @throws InterruptedException if the caller was interrupted
     */
    public int maxBatch(ResourceKind kind) throws InterruptedException {
        return Math.max(1, cloud.through(Call.about("maxBatch", "of kind " + kind), () -> environ.maxBatch(kind)));
    }

    /**
     * Says which other kinds may use members of a kind. Instances may use everything.
     *
     * @param kind one of {@link #kinds()}
     * @return the kinds whose members have to be gone first
     * @throws InterruptedException if the caller was interrupted
     */
    public List<ResourceKind> users(ResourceKind kind) throws InterruptedException {
        return cloud.through(Call.about("users", "of kind " + kind), () -> Answers.list(environ.users(kind)));
    }

    private void requireOurs(Resource resource) {
        if (!isOurs(resource)) {
            throw new IllegalArgumentException(
                    resource.describe() + " is not deleted: it lacks one of the owner's tags " + owner);
        }
    }

    private boolean isOurs(Resource resource) {
        return resource.tags().containsAll(owner);
    }
}
