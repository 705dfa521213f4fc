package dev.foothold.bootstrap;

import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshKeyPair;
import java.util.Objects;

/**
 * Holds what is needed to finish a machine that was started.
 *
 * @param instance the machine
 * @param identity the key pair that the machine lets in, or will let in once it has been seeded
 * @param sshOptions how to log in for the first time, and the host keys the machine is known by
 * @param checkNonceScript asks the machine for its proof; empty if it was told none
 * @param seedScript brings to the machine, as its login user, what user data would have told it; empty if it had some
 * @param dataDirectory where Foothold keeps its data on the machine; paths are relative where it is
 * @param params what the machine shall be, and how long to wait for it
 * @param stillOurs to be run before something is done to the machine: throws if another process has taken the operation
 *     over, and nothing may be done then
 */
public record StartedMachine(
        RefreshableInstance instance,
        SshKeyPair identity,
        HostSshOptions sshOptions,
        String checkNonceScript,
        String seedScript,
        String dataDirectory,
        BootstrapParams params,
        Runnable stillOurs) {

    /**
     * Creates a holder.
     *
     * @param instance the machine
     * @param identity the key pair that the machine lets in, or will let in once it has been seeded
     * @param sshOptions how to log in for the first time, and the host keys the machine is known by
     * @param checkNonceScript asks the machine for its proof; empty if it was told none
     * @param seedScript brings to the machine, as its login user, what user data would have told it
     * @param dataDirectory where Foothold keeps its data on the machine
     * @param params what the machine shall be, and how long to wait for it
     * @param stillOurs to be run before something is done to the machine
     */
    public StartedMachine {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(sshOptions, "sshOptions");
        Objects.requireNonNull(checkNonceScript, "checkNonceScript");
        Objects.requireNonNull(seedScript, "seedScript");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(params, "params");
        Objects.requireNonNull(stillOurs, "stillOurs");
    }

    @Override
    public String toString() {
        // The scripts hold the nonce.
        return "StartedMachine[" + instance.instance().id() + "]";
    }
}
