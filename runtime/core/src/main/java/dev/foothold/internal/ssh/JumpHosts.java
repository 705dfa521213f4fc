package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to each jump host, through which any number of tunnels go, for as long as there are any and a
 * moment longer. Thread-safe.
 *
 * <p>So however many machines are reached through a jump host, one handshake with it is in flight, or two if it is
 * logged in to in several ways: servers turn away clients that have too many connections not yet logged in.
 */
final class JumpHosts {

    /** How long a connection without tunnels is kept, for the next attempt at a machine that does not answer yet. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Banner, key exchange, login, and one for waiting for a turn. */
    private static final int STEPS = 4;

    /** Opens a connection to a jump host. */
    @FunctionalInterface
    interface Connecting {
        SshjSession connect(MachineAddress address, SshOptions options) throws InterruptedException;
    }

    private final Connecting connecting;
    private final Map<JumpHost, Entry> entries = new HashMap<>();

    JumpHosts(Connecting connecting) {
        this.connecting = connecting;
    }

    /** The right to use a connection to a jump host, until it is closed. */
    final class Lease implements AutoCloseable {

        private final JumpHost host;
        private final Entry entry;
        private final Link link;
        private boolean closed;

        private Lease(JumpHost host, Entry entry, Link link) {
            this.host = host;
            this.entry = entry;
            this.link = link;
        }

        Link link() {
            return link;
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            giveBack(host, entry);
        }
    }

    private static final class Entry {

        private final ReentrantLock connectingLock = new ReentrantLock();
        private volatile @Nullable SshjSession session;

        // Guarded by the lock.
        private @Nullable RuntimeException failure;
        private long failedAt;

        // Guarded by the entries' monitor.
        private int users;
        private long lastUse;
        private boolean watched;
    }

    /** Gives a connection to a jump host: the one there is, or a new one. */
    Lease lease(JumpHost host) throws InterruptedException {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(host, key -> new Entry());
            entry.users++;
        }
        boolean done = false;
        try {
            Lease lease = new Lease(host, entry, connected(host, entry).link());
            done = true;
            return lease;
        } finally {
            if (!done) {
                giveBack(host, entry);
            }
        }
    }

    private SshjSession connected(JumpHost host, Entry entry) throws InterruptedException {
        long arrival = System.nanoTime();
        SshOptions options = host.options();
        MachineAddress address = options.at(host.address());
        Duration patience =
                options.connectTimeout().plus(options.handshakeTimeout().multipliedBy(STEPS));
        if (!entry.connectingLock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SshException(
                    SshFailure.TIMED_OUT,
                    address,
                    "the jump host has not let another connection in within " + Step.text(patience),
                    null);
        }
        try {
            SshjSession there = entry.session;
            if (there != null && there.link().isAlive()) {
                return there;
            }
            // Who waited for an attempt shares its outcome; otherwise many would try a dead host one after the other.
            if (entry.failure != null && entry.failedAt - arrival >= 0) {
                throw entry.failure;
            }
            if (there != null) {
                there.close();
            }
            return connect(address, options, entry);
        } finally {
            entry.connectingLock.unlock();
        }
    }

    private SshjSession connect(MachineAddress address, SshOptions options, Entry entry) throws InterruptedException {
        try {
            SshjSession fresh = connecting.connect(address, options);
            entry.session = fresh;
            entry.failure = null;
            return fresh;
        } catch (RuntimeException e) {
            entry.failure = e;
            entry.failedAt = System.nanoTime();
            throw e;
        }
    }

    private void giveBack(JumpHost host, Entry entry) {
        synchronized (entries) {
            entry.users--;
            entry.lastUse = System.nanoTime();
            if (entry.users == 0 && !entry.watched) {
                entry.watched = true;
                Thread watch = new Thread(() -> closeWhenIdle(host, entry), "foothold-ssh-jump-idle-" + host.address());
                watch.setDaemon(true);
                watch.start();
            }
        }
    }

    private void closeWhenIdle(JumpHost host, Entry entry) {
        synchronized (entries) {
            while (true) {
                long left = entry.lastUse + LINGER.toNanos() - System.nanoTime();
                if (entry.users > 0) {
                    entry.watched = false;
                    return;
                }
                if (left <= 0) {
                    entries.remove(host, entry);
                    break;
                }
                try {
                    entries.wait(Math.max(1, Duration.ofNanos(left).toMillis()));
                } catch (InterruptedException e) {
                    // Nobody has a reason to do that; the connection is closed all the earlier.
                    entries.remove(host, entry);
                    break;
                }
            }
        }
        SshjSession session = entry.session;
        if (session != null) {
            session.close();
        }
    }
}
