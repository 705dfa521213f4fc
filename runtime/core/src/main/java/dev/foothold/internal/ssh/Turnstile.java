package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets few handshakes with one server be under way at a time; the others wait for their turn, in order. Servers drop
 * connections when too many have not logged in yet: OpenSSH some from 10 on, or from 3 on if it is told so. Thread-safe.
 *
 * <p>A server takes note of a login a little later than its client does. So a turn that led to a login ends only when
 * the server has said its first word after it, or a moment has passed.
 */
final class Turnstile {

    static final int PER_SERVER = 2;

    /** For servers that say nothing unless they are asked, and clients that do not ask. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    /** By host and port; only of servers that somebody is at or waits for. Guarded by this. */
    private final Map<String, Queue> queues = new HashMap<>();

    private static final class Queue {
        private final Deque<Object> waiting = new ArrayDeque<>();
        private final List<Turn> inside = new ArrayList<>();

        boolean isDone() {
            return waiting.isEmpty() && inside.isEmpty();
        }
    }

    /** A turn, to be ended by closing it, or by itself a moment after a login. */
    final class Turn implements AutoCloseable {

        private final String server;
        private boolean loggedIn;
        private Deadline end = Deadline.after(SILENCE);

        private Turn(String server) {
            this.server = server;
        }

        /** Notes that the handshake led to a login: the turn need not be closed any more. */
        void loggedIn() {
            synchronized (Turnstile.this) {
                loggedIn = true;
                end = Deadline.after(SILENCE);
                // Who waits need not wait for somebody to close the turn from now on.
                Turnstile.this.notifyAll();
            }
        }

        private boolean isOver() {
            return loggedIn && end.isOver();
        }

        /** Ends the turn. Doing it again does nothing. */
        @Override
        public void close() {
            leave(this);
        }
    }

    /**
     * Waits for a turn.
     *
     * @throws SshException if there is none in time
     */
    synchronized Turn enter(MachineAddress server, Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.after(patience);
        String name = server.hostAndPort();
        Object me = new Object();
        queues.computeIfAbsent(name, key -> new Queue()).waiting.add(me);
        try {
            while (true) {
                Queue queue = queues.get(name);
                if (queue.waiting.peek() == me && hasRoom(queue)) {
                    return begin(name, queue);
                }
                if (deadline.isOver()) {
                    throw new SshException(
                            SshFailure.TIMED_OUT,
                            server,
                            "other handshakes with the server took so long that this one had not begun after "
                                    + Step.text(patience),
                            null);
                }
                // Turns may end without anybody closing them.
                deadline.awaitAtMost(queue.inside.stream().anyMatch(turn -> turn.loggedIn) ? SILENCE : patience, this);
            }
        } finally {
            queues.get(name).waiting.remove(me);
            forget(name);
            notifyAll();
        }
    }

    /** Takes a turn if there is one now. */
    synchronized Optional<Turn> enterNow(MachineAddress server) {
        String name = server.hostAndPort();
        Queue queue = queues.computeIfAbsent(name, key -> new Queue());
        if (queue.waiting.isEmpty() && hasRoom(queue)) {
            return Optional.of(begin(name, queue));
        }
        return Optional.empty();
    }

    /** Counts the servers that somebody is at or waits for. */
    synchronized int servers() {
        List.copyOf(queues.keySet()).forEach(this::forget);
        return queues.size();
    }

    private Turn begin(String name, Queue queue) {
        Turn turn = new Turn(name);
        queue.inside.add(turn);
        // A good moment: it costs little, and servers that are not spoken to any more are forgotten.
        List.copyOf(queues.keySet()).forEach(this::forget);
        return turn;
    }

    private static boolean hasRoom(Queue queue) {
        queue.inside.removeIf(Turn::isOver);
        return queue.inside.size() < PER_SERVER;
    }

    private void forget(String name) {
        Queue queue = queues.get(name);
        if (queue != null) {
            queue.inside.removeIf(Turn::isOver);
            if (queue.isDone()) {
                queues.remove(name);
            }
        }
    }

    private synchronized void leave(Turn turn) {
        Queue queue = queues.get(turn.server);
        if (queue != null) {
            queue.inside.remove(turn);
            forget(turn.server);
            notifyAll();
        }
    }
}
