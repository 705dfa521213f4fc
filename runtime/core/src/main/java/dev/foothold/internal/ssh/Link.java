package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.ConnectionImpl;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.TransportImpl;
import org.jspecify.annotations.Nullable;

/** One wire with sshj on top of it: transport, connection layer and reading thread. */
final class Link {

    /** How long the server may take to read our good-bye, and threads to notice that their wire is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** sshj's word for a wait without end; every wait of ours has a deadline outside of it. */
    private static final int NO_TIMEOUT = 0;

    private final Wire wire;
    private final String host;
    private final int port;
    private final ServerInput input;
    private final TransportImpl transport;
    private final LenientConnection connection;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable TransportException death;
    private volatile boolean loggedIn;
    /** Belongs to the reading thread. */
    private boolean beating;

    /**
     * Puts sshj on a wire.
     *
     * @param silence how long the server may be silent, once we are logged in, before it is asked whether it is still
     *     there; zero for ever
     */
    Link(MachineAddress address, Wire wire, SshjConfig config, TrustedHostKeys hostKeys, Duration silence) {
        this.wire = wire;
        this.host = address.value();
        this.port = address.sshPort();
        this.input = new ServerInput(wire.input(silence, this::onSilence));
        this.transport = new TransportImpl(config);
        transport.setTimeoutMs(NO_TIMEOUT);
        transport.addHostKeyVerifier(hostKeys);
        transport.setDisconnectListener((reason, message) -> death = new TransportException(reason, message));
        this.connection = new LenientConnection(transport, config.getKeepAliveProvider());
        KeepAlive heartbeat = connection.getKeepAlive();
        heartbeat.setName("foothold-ssh-keep-alive-" + host + ":" + port);
        heartbeat.setKeepAliveInterval((int) Math.min(Integer.MAX_VALUE, silence.toSeconds()));
    }

    /** Exchanges identifications and starts the reading thread. */
    void identify() throws TransportException {
        transport.init(host, port, input, wire.output());
    }

    void exchangeKeys() throws TransportException {
        transport.doKex();
    }

    /** Lets a silent server be asked whether it is still there; before the login it must not be asked. */
    void loggedIn() {
        loggedIn = true;
    }

    /** Most connections are closed before the first question; those do not get a thread. */
    private void onSilence() {
        if (loggedIn && !beating && !closed.get()) {
            beating = true;
            connection.getKeepAlive().start();
        }
    }

    /** Has something done when the server says its first word after the login; at once if it has. */
    void onFirstWord(Runnable what) {
        connection.onFirstWord(what);
    }

    TransportImpl transport() {
        return transport;
    }

    ConnectionImpl connection() {
        return connection;
    }

    boolean isAlive() {
        return !closed.get() && !isOrphaned();
    }

    /**
     * Tells that the reading thread has ended. Whoever waits for the server then should have been told; but sshj
     * forgets it for those who begin to wait at that moment.
     */
    boolean isOrphaned() {
        return input.reader().map(reader -> !reader.isAlive()).orElse(false);
    }

    /** Says why the connection ended; null if it has not, or nobody knows. */
    @Nullable
    TransportException death() {
        return death;
    }

    /** Breaks the connection off at once, without a word to the server. */
    void abort() {
        connection.getKeepAlive().interrupt();
        // An interrupted reader takes the closed wire for granted; otherwise it would log an error.
        input.reader().ifPresent(Thread::interrupt);
        wire.close();
    }

    /** Takes leave of the server, if it still listens, and waits until the reading thread has ended. */
    void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            input.awaitReader();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Errand farewell = null;
        if (!isOrphaned()) {
            // On another thread: the write may block if the server has stopped reading.
            farewell = Errands.now("foothold-ssh-close", transport::disconnect);
            farewell.await(Deadline.after(PATIENCE));
        }
        abort();
        if (farewell != null) {
            farewell.await(Deadline.after(PATIENCE));
        }
        input.reader().ifPresent(reader -> Deadline.after(PATIENCE).join(reader));
        Deadline.after(PATIENCE).join(connection.getKeepAlive());
    }

    /**
     * Ignores what a server still has to say about a channel that both sides have closed, such as the late answer of
     * a busy server to a command that was given up. sshj would break the connection off, with all other commands.
     */
    private static final class LenientConnection extends ConnectionImpl {

        private @Nullable Runnable onFirstWord;
        private boolean hasSpoken;

        LenientConnection(TransportImpl transport, KeepAliveProvider keepAlive) {
            super(transport, keepAlive);
        }

        void onFirstWord(Runnable what) {
            synchronized (this) {
                if (!hasSpoken) {
                    onFirstWord = what;
                    return;
                }
            }
            what.run();
        }

        private void noteFirstWord() {
            Runnable what;
            synchronized (this) {
                hasSpoken = true;
                what = onFirstWord;
                onFirstWord = null;
            }
            if (what != null) {
                what.run();
            }
        }

        @Override
        public void handle(Message message, SSHPacket packet) throws SSHException {
            // What belongs to this layer comes after the login only.
            noteFirstWord();
            if (!message.in(91, 100) || isForOpenChannel(packet)) {
                super.handle(message, packet);
            }
        }

        private boolean isForOpenChannel(SSHPacket packet) throws SSHException {
            int start = packet.rpos();
            try {
                return get(packet.readUInt32AsInt()) != null;
            } catch (Buffer.BufferException e) {
                throw new ConnectionException(e);
            } finally {
                packet.rpos(start);
            }
        }
    }
}
