package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few handshakes with one server be under way at a time; the others wait for their turn. Servers drop connections
 * when too many have not logged in yet. Fair, thread-safe.
 *
 * <p>OpenSSH drops some from 10 on, and may be told to do so from 3 on. It notices a login a little later than the
 * client does, hence the room.
 */
final class Turnstile {

    static final int PER_SERVER = 2;

    /** Guarded by this. */
    private final Map<String, Queue> queues = new HashMap<>();

    /** A turn, to be given back. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Queue {
        private final Semaphore free = new Semaphore(PER_SERVER, true);
        private int users;
    }

    /**
     * Waits for a turn.
     *
     * @throws SshException if there is none in time
     */
    Turn enter(MachineAddress server, Duration patience) throws InterruptedException {
        Queue queue = join(server);
        boolean entered = false;
        try {
            entered = queue.free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!entered) {
                leave(server, queue);
            }
        }
        if (!entered) {
            throw new SshException(
                    SshFailure.TIMED_OUT,
                    server,
                    "other handshakes with the server took so long that this one had not begun after "
                            + Step.text(patience),
                    null);
        }
        return turn(server, queue);
    }

    /** Takes a turn if there is one now. */
    Optional<Turn> enterNow(MachineAddress server) {
        Queue queue = join(server);
        if (queue.free.tryAcquire()) {
            return Optional.of(turn(server, queue));
        }
        leave(server, queue);
        return Optional.empty();
    }

    /** Counts the servers that somebody is at or waits for. */
    synchronized int servers() {
        return queues.size();
    }

    private Turn turn(MachineAddress server, Queue queue) {
        return () -> {
            queue.free.release();
            leave(server, queue);
        };
    }

    private synchronized Queue join(MachineAddress server) {
        Queue queue = queues.computeIfAbsent(server.hostAndPort(), key -> new Queue());
        queue.users++;
        return queue;
    }

    private synchronized void leave(MachineAddress server, Queue queue) {
        queue.users--;
        if (queue.users == 0) {
            queues.remove(server.hostAndPort());
        }
    }
}
