package dev.foothold.firewall;

import dev.foothold.FootholdException;
import dev.foothold.network.MachineAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells that the firewall of a machine could not be read or changed. Unless the message says otherwise, the machine is as
 * it was.
 */
public class FirewallException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** Where the machine was reached. */
    private final transient @Nullable MachineAddress address;

    /** What was done on the machine. */
    private final String command;

    /** What the machine answered. */
    private final String output;

    /**
     * Creates an exception about something that was read.
     *
     * @param message what is wrong, and with which rule
     */
    public FirewallException(String message) {
        this(null, "", "", message, null);
    }

    /**
     * Creates an exception.
     *
     * @param address where the machine was reached; null if it is not about one
     * @param command what was done there; empty if nothing was
     * @param output what the machine wrote; empty if nothing
     * @param message what happened; the address is put in front
     * @param cause what led to it, or null
     */
    public FirewallException(
            @Nullable MachineAddress address,
            String command,
            String output,
            String message,
            @Nullable Throwable cause) {
        super((address == null ? "" : address.hostAndPort() + ": ") + message, cause);
        this.address = address;
        this.command = command;
        this.output = output;
    }

    /**
     * Says where the machine was reached.
     *
     * @return empty if the exception is not about a machine, or came over the wire
     */
    public Optional<MachineAddress> address() {
        return Optional.ofNullable(address);
    }

    /**
     * Says what was done on the machine.
     *
     * @return for example {@code apply}; empty if nothing was
     */
    public String command() {
        return command;
    }

    /**
     * Gives what the machine wrote.
     *
     * @return standard output and standard error, without Foothold's own lines; empty if there was nothing
     */
    public String output() {
        return output;
    }
}
