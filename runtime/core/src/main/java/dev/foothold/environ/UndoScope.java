package dev.foothold.environ;

/**
 * Takes note of what an author's method makes besides the instance, such as a security group, an address or a role, so
 * that it is removed again if the operation fails. Made by Foothold; handed to {@link Environ#startInstance} and
 * {@link Environ#prepareForBootstrap(UndoScope)}.
 *
 * <pre>{@code
 * String group = api.createSecurityGroup(params.owner().fullName(), params.tags());
 * params.scope().created(ResourceKind.SECURITY_GROUP, group, () -> api.deleteSecurityGroup(group));
 * }</pre>
 *
 * <p>What is noted is written down at once. If the whole process dies, the next run removes it by kind and id with
 * {@link HasResources#delete}, if the environ implements that; so put the owner's tags on it as well. If the operation
 * succeeds, it stays, until the model is destroyed. Implementations are thread-safe.
 */
@FunctionalInterface
public interface UndoScope {

    /** Removes one thing again. Must not mind if it is gone already. */
    @FunctionalInterface
    interface Step {

        /**
         * Removes it.
         *
         * @throws Exception if it could not be removed
         */
        void run() throws Exception;
    }

    /**
     * Notes what was made. Call it at once, or, where the id is known before, even before it is made. Steps are run last
     * first, after the instances of the operation are stopped.
     *
     * @param kind what it is
     * @param id the cloud's name for it
     * @param undo removes it again
     */
    void created(ResourceKind kind, String id, Step undo);

    /**
     * Makes a scope that forgets what it is told, for calls that nobody takes back.
     *
     * @return the scope
     */
    static UndoScope none() {
        return (kind, id, undo) -> {};
    }
}
