package dev.foothold.bootstrap;

import dev.foothold.environ.CloudException;
import dev.foothold.instance.Instance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which machines were started, and why others were not.
 *
 * @param started the machines, in the order they were asked for
 * @param missing how many could not be started
 * @param refusals what the cloud said, by zone; the empty name if it has no zones
 * @param heldBack which zones were not asked for more because there are fewer than the spread's {@code minDomains}, and
 *     why; empty if nothing is missing
 */
public record LaunchResult(
        List<Instance> started, int missing, Map<String, CloudException> refusals, Map<String, String> heldBack) {

    /**
     * Copies the collections.
     *
     * @param started the machines, in the order they were asked for
     * @param missing how many could not be started
     * @param refusals what the cloud said, by zone
     * @param heldBack which zones were not asked for more, and why
     */
    public LaunchResult {
        started = List.copyOf(started);
        refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
        heldBack = Collections.unmodifiableMap(new LinkedHashMap<>(heldBack));
    }

    /**
     * Creates a result of which no zone was held back.
     *
     * @param started the machines, in the order they were asked for
     * @param missing how many could not be started
     * @param refusals what the cloud said, by zone
     */
    public LaunchResult(List<Instance> started, int missing, Map<String, CloudException> refusals) {
        this(started, missing, refusals, Map.of());
    }
}
