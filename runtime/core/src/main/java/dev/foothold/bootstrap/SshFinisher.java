package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshSession;
import java.time.Duration;
import java.time.Instant;

/** Finishes a machine over SSH: waits until it has proved itself, then runs its configuration script. */
public final class SshFinisher implements BootstrapFinisher {

    private static final Duration SHORTEST_RUN = Duration.ofSeconds(1);

    private final WaitSsh waitSsh;
    private final MachineConfigurator configurator = new MachineConfigurator();

    /**
     * Creates a finisher.
     *
     * @param connector opens the connections
     */
    public SshFinisher(SshConnector connector) {
        this.waitSsh = new WaitSsh(connector);
    }

    @Override
    public MachineAddress finish(StartedMachine machine, OperationContext context) throws InterruptedException {
        BootstrapParams params = machine.params();
        Instant deadline = context.timeline().now().plus(params.timeout());
        try (SshSession session = waitSsh.await(
                machine.instance().instance(),
                machine.instance(),
                HostSshOptions.always(machine.sshOptions()),
                machine.checkNonceScript(),
                WaitOptions.defaults().within(params.timeout()),
                context)) {
            Duration left = Duration.between(context.timeline().now(), deadline);
            configurator.configure(
                    session, params.cloudConfig(), context, left.compareTo(SHORTEST_RUN) > 0 ? left : SHORTEST_RUN);
            return session.address();
        }
    }
}
