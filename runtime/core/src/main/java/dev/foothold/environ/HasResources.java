package dev.foothold.environ;

import dev.foothold.model.Tags;
import java.util.List;

/**
 * Knows of more than instances: volumes, addresses, security groups. Implemented by an author's environ, beside
 * {@link Environ}, so that all of it can be listed and removed. Methods may be called concurrently, and are cancelled by
 * interruption.
 */
public interface HasResources {

    /**
     * Says which kinds of resources there are. The cloud is not asked.
     *
     * @return the kinds in the order in which they have to be deleted: what uses others comes before them; always the
     *     same answer
     */
    List<ResourceKind> kinds();

    /**
     * Lists resources of one kind. Those that are gone for good are left out, and so are those that end with their
     * instance, such as its root disk.
     *
     * @param kind one of {@link #kinds()}
     * @param owner tags to filter by; empty for none
     * @return at least all resources that carry all of these tags; Foothold filters again
     * @throws Exception if the cloud cannot be asked
     */
    List<Resource> resources(ResourceKind kind, Tags owner) throws Exception;

    /**
     * Deletes a resource. One that is not there is no error.
     *
     * @param resource one that {@link #resources} has listed
     * @throws Exception if the cloud refuses, for example because it is in use, or cannot be reached
     */
    void delete(Resource resource) throws Exception;
}
