package dev.foothold.environ;

import dev.foothold.instance.InstanceId;
import dev.foothold.model.Tags;

/** Can put tags on instances that are there already. Implemented by an author's environ, beside {@link Environ}. */
public interface InstanceTagger {

    /**
     * Puts tags on an instance. Tags of the same name are replaced, all others stay. May be called concurrently; is
     * cancelled by interruption.
     *
     * @param id the instance
     * @param tags what to put on
     * @throws Exception if there is no such instance, or the cloud refuses or cannot be reached
     */
    void tagInstance(InstanceId id, Tags tags) throws Exception;
}
