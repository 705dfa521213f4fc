package dev.foothold.script;

import dev.foothold.FootholdException;
import dev.foothold.network.MachineAddress;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a machine that can be reached does not run a script: it does not let the login user become root, has no room,
 * or has run another script under the same id. What a script that runs does wrong is a {@link ScriptEnd}.
 */
public class ScriptException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param address the machine
     * @param id the run
     * @param reason what is wrong, and what to do
     * @param cause what led to it, or null
     */
    public ScriptException(MachineAddress address, String id, String reason, @Nullable Throwable cause) {
        super(address.hostAndPort() + ": script " + id + " cannot be run: " + reason, cause);
    }
}
