package dev.foothold.testkit;

/** Is something that is wrong with an author's stand-in for the cloud, until it is ended. */
@FunctionalInterface
public interface Trouble {

    /**
     * Ends it.
     *
     * @throws Exception if it cannot be ended
     */
    void end() throws Exception;
}
