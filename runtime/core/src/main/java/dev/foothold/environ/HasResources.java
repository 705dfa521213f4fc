package dev.foothold.environ;

import dev.foothold.model.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * Deletes several resources of one kind. Override it, and {@link #maxBatch}, if the cloud can do that in one call.
     *
     * @param resources at most {@link #maxBatch} resources that {@link #resources} has listed, all of one kind
     * @return the failures by resource; empty if all went well
     * @throws Exception if none could be deleted
     */
    default Map<Resource, Exception> deleteAll(List<Resource> resources) throws Exception {
        Map<Resource, Exception> failures = new LinkedHashMap<>();
        for (Resource resource : resources) {
            try {
                delete(resource);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failures.put(resource, e);
            }
        }
        return failures;
    }

    /**
     * Says how many resources {@link #deleteAll} takes at a time. The cloud is not asked.
     *
     * @param kind one of {@link #kinds()}
     * @return 1 by default: Foothold then deletes several at the same time
     */
    default int maxBatch(ResourceKind kind) {
        return 1;
    }

    /**
     * Says which other kinds may use members of a kind, so that these are deleted only when nothing of those is left.
     * Instances may use everything. The cloud is not asked.
     *
     * @param kind one of {@link #kinds()}
     * @return some of the kinds that come before it. Unless this is overridden: none for volumes, file systems and
     *     addresses, which only instances use; for every other kind all that come before it
     */
    default List<ResourceKind> users(ResourceKind kind) {
        if (kind.equals(ResourceKind.VOLUME)
                || kind.equals(ResourceKind.FILE_SYSTEM)
                || kind.equals(ResourceKind.ADDRESS)) {
            return List.of();
        }
        List<ResourceKind> kinds = kinds();
        return kinds.subList(0, Math.max(0, kinds.indexOf(kind)));
    }
}
