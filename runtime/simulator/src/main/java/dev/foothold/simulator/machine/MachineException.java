package dev.foothold.simulator.machine;

import org.jspecify.annotations.Nullable;

/** Reports that a simulated machine could not be made, booted or rebooted; the message names the machine and why. */
public final class MachineException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Makes the report.
     *
     * @param message which machine, what failed and what to do
     * @param cause what it failed with, if it was an exception
     */
    public MachineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
