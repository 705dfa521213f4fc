package dev.foothold.bootstrap;

import dev.foothold.ssh.SshOptions;
import java.util.Objects;

/**
 * Holds what is needed to finish a machine that was started.
 *
 * @param instance the machine
 * @param sshOptions as whom to log in, and the host key the machine was given
 * @param checkNonceScript asks the machine for its proof
 * @param params what the machine shall be, and how long to wait for it
 */
public record StartedMachine(
        RefreshableInstance instance, SshOptions sshOptions, String checkNonceScript, BootstrapParams params) {

    /**
     * Creates a holder.
     *
     * @param instance the machine
     * @param sshOptions as whom to log in, and the host key the machine was given
     * @param checkNonceScript asks the machine for its proof
     * @param params what the machine shall be, and how long to wait for it
     */
    public StartedMachine {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(sshOptions, "sshOptions");
        Objects.requireNonNull(checkNonceScript, "checkNonceScript");
        Objects.requireNonNull(params, "params");
    }

    @Override
    public String toString() {
        // The script holds the nonce.
        return "StartedMachine[" + instance.instance().id() + "]";
    }
}
