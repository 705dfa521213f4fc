package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.util.Objects;

/**
 * Names a host through which others are reached. It forwards bytes and sees nothing of what goes through it.
 *
 * @param address where it answers
 * @param options as whom to log in to it, and how to recognise it; may name a jump host in its turn
 */
public record JumpHost(MachineAddress address, SshOptions options) {

    /**
     * Creates a jump host.
     *
     * @param address where it answers
     * @param options as whom to log in to it, and how to recognise it
     */
    public JumpHost {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(options, "options");
    }
}
