package dev.foothold.ssh;

import dev.foothold.FootholdException;
import dev.foothold.network.MachineAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells that a machine could not be reached by SSH, or that a connection to it broke. */
public class SshException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** How far the attempt came. */
    private final SshFailure failure;

    /**
     * Creates an exception.
     *
     * @param failure how far the attempt came
     * @param address the machine
     * @param message what happened there; the address is put in front
     * @param cause what led to it, or null
     */
    public SshException(SshFailure failure, MachineAddress address, String message, @Nullable Throwable cause) {
        super(address.hostAndPort() + ": " + message, cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /**
     * Says how far the attempt came.
     *
     * @return the kind of failure
     */
    public SshFailure failure() {
        return failure;
    }
}
