package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.instance.Instance;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshSession;
import java.util.Objects;

/**
 * Waits until a machine that is being born can be logged in to and has proved that it is the one.
 *
 * <p>All its addresses are tried at the same time, and read again meanwhile; the first to prove itself wins, the others
 * are stopped and waited for. Thread-safe.
 */
public final class WaitSsh {

    private final SshConnector connector;

    /**
     * Creates a waiter.
     *
     * @param connector opens the connections
     */
    public WaitSsh(SshConnector connector) {
        this.connector = Objects.requireNonNull(connector, "connector");
    }

    /**
     * Waits for a machine.
     *
     * @param instance what is known about it now
     * @param refresher asks again; a failure is tried again until the time is over
     * @param hosts as whom to log in, and which host keys to accept
     * @param script asks the machine for its proof, see {@link CheckNonce}
     * @param options how patiently to wait
     * @param context is told what happens
     * @return a session to the address that won; the caller closes it
     * @throws WaitTimeoutException if the time was over; it says what each address answered last
     * @throws BootstrapException if the cloud says that the machine failed, or if the verdict on every address is final
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public SshSession await(
            Instance instance,
            InstanceRefresher refresher,
            HostSshOptions hosts,
            String script,
            WaitOptions options,
            OperationContext context)
            throws InterruptedException {
        return prepare(instance, refresher, hosts, script, options, context).await();
    }

    /**
     * Prepares to wait for a machine, for callers that want to ask meanwhile why it takes so long.
     *
     * @param instance what is known about it now
     * @param refresher asks again; a failure is tried again until the time is over
     * @param hosts as whom to log in, and which host keys to accept
     * @param script asks the machine for its proof, see {@link CheckNonce}
     * @param options how patiently to wait
     * @param context is told what happens
     * @return the wait, which has not begun
     */
    public MachineWait prepare(
            Instance instance,
            InstanceRefresher refresher,
            HostSshOptions hosts,
            String script,
            WaitOptions options,
            OperationContext context) {
        return new MachineWait(connector, instance, refresher, hosts, script, options, context);
    }
}
