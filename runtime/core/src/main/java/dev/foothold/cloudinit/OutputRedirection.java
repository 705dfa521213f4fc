package dev.foothold.cloudinit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says where the output of the commands goes.
 *
 * @param stdout where standard output goes
 * @param stderr where standard error goes; null for the same place
 */
public record OutputRedirection(
        OutputTarget stdout, @Nullable OutputTarget stderr) {

    /**
     * Creates a redirection.
     *
     * @param stdout where standard output goes
     * @param stderr where standard error goes; null for the same place
     */
    public OutputRedirection {
        Objects.requireNonNull(stdout, "stdout");
    }

    /**
     * Sends both outputs to one place.
     *
     * @param target where they go
     * @return the redirection
     */
    public static OutputRedirection to(OutputTarget target) {
        return new OutputRedirection(target, null);
    }

    /**
     * Sends standard error to another place.
     *
     * @param target where it goes
     * @return the changed copy
     */
    public OutputRedirection errorsTo(OutputTarget target) {
        return new OutputRedirection(stdout, Objects.requireNonNull(target, "target"));
    }
}
