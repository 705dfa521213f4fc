package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects directly. A name may stand for several addresses: all of them are tried. Without state. */
final class TcpDialer implements Dialer {

    /** How long a name that nobody knows yet is left alone. */
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    @Override
    public Wire dial(MachineAddress address, Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.after(patience);
        try (Connects<InetAddress> connects = new Connects<>()) {
            Reasons reasons = new Reasons(address, reason -> {});
            for (InetAddress target : resolve(address, deadline)) {
                try {
                    connects.begin(target, new InetSocketAddress(target, address.sshPort()));
                } catch (IOException e) {
                    reasons.failed(e);
                }
            }
            while (true) {
                TcpWire wire = connects.accepted();
                if (wire != null) {
                    return wire;
                }
                if (connects.isEmpty()) {
                    throw reasons.last();
                }
                if (deadline.isOver()) {
                    throw silent(address, "nothing answered within " + Step.text(patience));
                }
                connects.await(deadline.nanosLeft(), (target, failure) -> reasons.failed(failure));
            }
        } catch (IOException e) {
            throw Step.explainConnect(address, e);
        }
    }

    @Override
    public Wire knock(MachineAddress address, Knocking knocking, Consumer<SshException> notYet)
            throws InterruptedException {
        Deadline deadline = Deadline.after(knocking.budget());
        Reasons reasons = new Reasons(address, notYet);
        List<InetAddress> targets = awaitAddresses(address, deadline, reasons);
        try (Connects<KnockPlan.Knock> connects = new Connects<>()) {
            KnockPlan plan = new KnockPlan(knocking, System.nanoTime());
            while (true) {
                long now = System.nanoTime();
                for (KnockPlan.Knock knock : plan.giveUp(now)) {
                    connects.giveUp(knock);
                    reasons.unanswered(knock);
                }
                plan.begin(now).ifPresent(knock -> {
                    InetAddress target = targets.get(knock.turn() % targets.size());
                    try {
                        connects.begin(knock, new InetSocketAddress(target, address.sshPort()));
                    } catch (IOException e) {
                        plan.end(knock);
                        reasons.failed(e);
                    }
                });
                TcpWire wire = connects.accepted();
                if (wire != null) {
                    return wire;
                }
                if (deadline.isOver() || reasons.isPastTcp()) {
                    throw reasons.last();
                }
                connects.await(Math.min(plan.idleNanos(now), deadline.nanosLeft()), (knock, failure) -> {
                    plan.end(knock);
                    reasons.failed(failure);
                });
            }
        } catch (IOException e) {
            throw Step.explainConnect(address, e);
        }
    }

    private static List<InetAddress> awaitAddresses(MachineAddress address, Deadline deadline, Reasons reasons)
            throws InterruptedException {
        while (true) {
            try {
                return resolve(address, deadline);
            } catch (UnknownHostException e) {
                reasons.failed(e);
                long pause = Math.min(UNKNOWN.toNanos(), deadline.nanosLeft());
                if (pause <= 0) {
                    throw reasons.last();
                }
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        }
    }

    private static List<InetAddress> resolve(MachineAddress address, Deadline deadline)
            throws InterruptedException, UnknownHostException {
        try {
            return HostName.resolve(address.value(), deadline);
        } catch (TimeoutException e) {
            throw silent(address, "the name service did not say in time what the host name stands for");
        }
    }

    private static SshException silent(MachineAddress address, String message) {
        return new SshException(SshFailure.TIMED_OUT, address, message, null);
    }

    /** Why no connection is accepted; told when it changes. */
    private static final class Reasons {

        private final MachineAddress address;
        private final Consumer<SshException> notYet;
        private @Nullable SshException last;

        Reasons(MachineAddress address, Consumer<SshException> notYet) {
            this.address = address;
            this.notYet = notYet;
        }

        void failed(IOException failure) {
            change(Step.explainConnect(address, failure));
        }

        void unanswered(KnockPlan.Knock knock) {
            // A network may take longer than most connects live to say that it cannot reach the host.
            if (last == null || knock.isLong()) {
                change(silent(address, "nothing answers"));
            }
        }

        boolean isPastTcp() {
            return last != null && last.failure().isPastTcp();
        }

        SshException last() {
            return Objects.requireNonNullElseGet(last, () -> silent(address, "nothing answers"));
        }

        private void change(SshException reason) {
            boolean changed =
                    last == null || !String.valueOf(reason.getMessage()).equals(last.getMessage());
            last = reason;
            if (changed) {
                notYet.accept(reason);
            }
        }
    }
}
