package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects through a jump host, which also resolves names. Thread-safe. */
final class JumpDialer implements Dialer {

    /** From one attempt to the next; the jump host has to work for each of them. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** How long to wait for an opening that was given up to notice it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JumpHosts hosts;
    private final JumpHost jump;

    JumpDialer(JumpHosts hosts, JumpHost jump) {
        this.hosts = hosts;
        this.jump = jump;
    }

    @Override
    public Wire dial(MachineAddress address, Duration patience) throws InterruptedException {
        JumpHosts.Lease lease = hosts.lease(jump);
        Tunnel tunnel = new Tunnel(lease.link(), address.value(), address.sshPort());
        boolean done = false;
        try {
            open(tunnel, address, patience);
            done = true;
            return new JumpWire(tunnel, lease);
        } catch (IOException e) {
            throw Step.explainConnect(address, e);
        } finally {
            if (!done) {
                tunnel.shut();
                lease.close();
            }
        }
    }

    @Override
    public Wire knock(MachineAddress address, Knocking knocking, Consumer<SshException> notYet)
            throws InterruptedException {
        Deadline deadline = Deadline.after(knocking.budget());
        String told = "";
        while (true) {
            try {
                return dial(address, knocking.longPatience());
            } catch (SshException e) {
                boolean again = e.failure() == SshFailure.REFUSED || e.failure() == SshFailure.TIMED_OUT;
                if (!again || deadline.isOver()) {
                    throw e;
                }
                String message = String.valueOf(e.getMessage());
                if (!message.equals(told)) {
                    told = message;
                    notYet.accept(e);
                }
            }
            TimeUnit.NANOSECONDS.sleep(Math.max(1, Math.min(PAUSE.toNanos(), deadline.nanosLeft())));
        }
    }

    /** Opens on a thread of its own: sshj waits for the answer without end. */
    private void open(Tunnel tunnel, MachineAddress address, Duration patience)
            throws IOException, InterruptedException {
        Opening opening = new Opening(tunnel);
        Thread thread = new Thread(opening, "foothold-ssh-jump-open-" + address);
        thread.setDaemon(true);
        thread.start();
        Deadline deadline = Deadline.after(patience);
        boolean ended = false;
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadline.nanosLeft());
            ended = !thread.isAlive();
        } finally {
            if (!ended) {
                tunnel.shut();
                thread.interrupt();
                Deadline.after(PATIENCE).join(thread);
            }
        }
        if (!ended) {
            throw new SshException(
                    SshFailure.TIMED_OUT,
                    address,
                    "nothing answered the jump host " + jump.address() + " within " + Step.text(patience),
                    null);
        }
        if (opening.failure != null) {
            throw opening.failure;
        }
    }

    private static final class Opening implements Runnable {

        private final Tunnel tunnel;
        private volatile @Nullable IOException failure;

        Opening(Tunnel tunnel) {
            this.tunnel = tunnel;
        }

        @Override
        public void run() {
            try {
                tunnel.open();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /** A tunnel, and the right to use the connection it goes through. */
    private record JumpWire(Tunnel tunnel, JumpHosts.Lease lease) implements Wire {

        @Override
        public InputStream input(Duration silence, Runnable onSilence) {
            return tunnel.input(silence, onSilence);
        }

        @Override
        public OutputStream output() {
            return tunnel.output();
        }

        @Override
        public void close() {
            tunnel.shut();
            lease.close();
        }
    }
}
