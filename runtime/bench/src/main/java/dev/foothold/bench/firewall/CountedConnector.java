package dev.foothold.bench.firewall;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.time.Duration;

/** Counts what a client asks of a machine. */
final class CountedConnector implements SshConnector {

    private final SshConnector connector;
    private int handshakes;
    private int commands;

    CountedConnector(SshConnector connector) {
        this.connector = connector;
    }

    int handshakes() {
        return handshakes;
    }

    int commands() {
        return commands;
    }

    void reset() {
        handshakes = 0;
        commands = 0;
    }

    @Override
    public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
        handshakes++;
        SshSession session = connector.connect(address, options);
        return new SshSession() {
            @Override
            public MachineAddress address() {
                return session.address();
            }

            @Override
            public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
                commands++;
                return session.run(command, output, timeout);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
