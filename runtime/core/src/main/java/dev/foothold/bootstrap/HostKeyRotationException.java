package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.network.MachineAddress;
import org.jspecify.annotations.Nullable;

/** Tells that a machine could not be given a new host key; the machine itself may be fine. */
public class HostKeyRotationException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** Why, without the address. */
    private final String reason;

    /**
     * Creates an exception.
     *
     * @param address the machine
     * @param reason why it has no new host key
     * @param cause what led to it, or null
     */
    public HostKeyRotationException(MachineAddress address, String reason, @Nullable Throwable cause) {
        super(
                address.hostAndPort() + ": the machine's host key, which stands in its user data, was not replaced: "
                        + reason + "; HostKeyRotation.PREFERRED goes on without",
                cause);
        this.reason = reason;
    }

    /**
     * Says why.
     *
     * @return one line
     */
    public String reason() {
        return reason;
    }
}
