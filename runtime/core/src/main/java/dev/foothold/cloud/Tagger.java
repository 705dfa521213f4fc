package dev.foothold.cloud;

import dev.foothold.environ.InstanceTagger;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Tags;
import java.util.List;
import java.util.Map;

/** Guards the calls that put tags on instances. Obtained from {@link Cloud#tagger()}. */
public final class Tagger {

    private final Cloud cloud;
    private final InstanceTagger environ;

    Tagger(Cloud cloud, InstanceTagger environ) {
        this.cloud = cloud;
        this.environ = environ;
    }

    /**
     * Puts tags on an instance; the caller sees to it that it is the owner's. Tags of the same name are replaced, all
     * others stay.
     *
     * @param id the instance
     * @param tags what to put on
     * @throws IllegalArgumentException if that would give it to another owner; the cloud is not asked then
     * @throws InterruptedException if the caller was interrupted
     */
    public void tagInstance(InstanceId id, Tags tags) throws InterruptedException {
        for (Map.Entry<String, String> own : cloud.owner().asMap().entrySet()) {
            String replaced = tags.asMap().getOrDefault(own.getKey(), own.getValue());
            if (!replaced.equals(own.getValue())) {
                throw new IllegalArgumentException("instance " + id + " is not tagged: " + own.getKey() + "=" + replaced
                        + " would give it to another owner, who is not " + own.getValue());
            }
        }
        cloud.run(Call.of("tagInstance", List.of(id)), () -> environ.tagInstance(id, tags));
    }
}
