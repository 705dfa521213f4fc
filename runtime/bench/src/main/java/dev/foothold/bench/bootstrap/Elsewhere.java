package dev.foothold.bench.bootstrap;

import dev.foothold.cloud.Call;
import dev.foothold.cloud.Interceptor;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.KnockListener;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.SshUpload;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Measures for how long somebody else is at work: the cloud that was called, the machine that runs a command, or both sides
 * of a login. What overlaps counts once; the rest of the time is ours.
 */
final class Elsewhere implements Interceptor {

    /** Who is at work. */
    enum Whose {
        CLOUD,
        LOGIN,
        MACHINE
    }

    private final Map<Whose, Integer> underWay = new EnumMap<>(Whose.class);
    private final Map<Whose, Long> nanos = new EnumMap<>(Whose.class);
    private long since;

    /** Forgets what was measured. */
    synchronized void reset() {
        nanos.clear();
        since = System.nanoTime();
    }

    /** Gives for how long somebody was at work, in seconds; where two were, the later of the list. */
    synchronized double seconds(Whose whose) {
        account();
        return nanos.getOrDefault(whose, 0L) / 1e9;
    }

    private synchronized void change(Whose whose, int by) {
        account();
        underWay.merge(whose, by, Integer::sum);
    }

    private void account() {
        long now = System.nanoTime();
        for (Whose whose : new Whose[] {Whose.MACHINE, Whose.LOGIN, Whose.CLOUD}) {
            if (underWay.getOrDefault(whose, 0) > 0) {
                nanos.merge(whose, now - since, Long::sum);
                break;
            }
        }
        since = now;
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        change(Whose.CLOUD, 1);
        try {
            return next.call();
        } finally {
            change(Whose.CLOUD, -1);
        }
    }

    /** Gives a connector that does what another does, and measures it. */
    SshConnector measuring(SshConnector connector) {
        return new SshConnector() {
            @Override
            public void prepare() {
                connector.prepare();
            }

            @Override
            public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
                change(Whose.LOGIN, 1);
                try {
                    return new Measured(connector.connect(address, options));
                } finally {
                    change(Whose.LOGIN, -1);
                }
            }

            @Override
            public SshSession connect(
                    MachineAddress address, SshOptions options, Knocking knocking, KnockListener listener)
                    throws InterruptedException {
                change(Whose.LOGIN, 1);
                try {
                    return new Measured(connector.connect(address, options, knocking, listener));
                } finally {
                    change(Whose.LOGIN, -1);
                }
            }
        };
    }

    private final class Measured implements SshSession {

        private final SshSession session;

        Measured(SshSession session) {
            this.session = session;
        }

        @Override
        public MachineAddress address() {
            return session.address();
        }

        @Override
        public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
            change(Whose.MACHINE, 1);
            try {
                return session.run(command, output, timeout);
            } finally {
                change(Whose.MACHINE, -1);
            }
        }

        @Override
        public void upload(SshUpload upload, Duration timeout) throws InterruptedException {
            change(Whose.MACHINE, 1);
            try {
                session.upload(upload, timeout);
            } finally {
                change(Whose.MACHINE, -1);
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
