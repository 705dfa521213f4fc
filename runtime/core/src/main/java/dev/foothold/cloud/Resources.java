package dev.foothold.cloud;

import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import java.util.List;

/** Guards the calls about resources that are not instances. Obtained from {@link Cloud#resources()}. */
public final class Resources {

    private final Cloud cloud;
    private final HasResources environ;

    Resources(Cloud cloud, HasResources environ) {
        this.cloud = cloud;
        this.environ = environ;
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
        List<Resource> listed = cloud.through(
                Call.about("resources", "of kind " + kind), () -> Answers.list(environ.resources(kind, cloud.owner())));
        return listed.stream()
                .filter(resource -> resource.kind().equals(kind))
                .filter(this::isOurs)
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
        if (!isOurs(resource)) {
            throw new IllegalArgumentException(
                    resource.describe() + " is not deleted: it lacks one of the owner's tags " + cloud.owner());
        }
        cloud.run(Call.about("delete", resource.describe()), () -> environ.delete(resource));
    }

    private boolean isOurs(Resource resource) {
        return resource.tags().containsAll(cloud.owner());
    }
}
