package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.KnockListener;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Opens SSH connections with sshj. Reads no file of the user: no {@code known_hosts}, no {@code ~/.ssh/config}, no
 * default key. Thread-safe.
 *
 * <p>No more than two handshakes with one server are under way at a time; further ones wait for their turn.
 */
public final class SshjConnector implements SshConnector {

    /** One for all: a server does not care which connector a client used. */
    private static final Turnstile TURNSTILE = new Turnstile();

    private static final int QUEUE = 20;

    private static final Dialer DIRECTLY = new TcpDialer();

    private final JumpHosts jumpHosts = new JumpHosts(this::open);

    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    /** Creates a connector. */
    public SshjConnector() {}

    @Override
    public void prepare() {
        if (!PREPARED.getAndSet(true)) {
            Errands.now("foothold-ssh-prepare", FirstUse::rehearse);
        }
    }

    @Override
    public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
        return open(options.at(address), options);
    }

    private SshjSession open(MachineAddress address, SshOptions options) throws InterruptedException {
        TrustedHostKeys hostKeys = check(address, options);
        Turnstile.Turn turn = TURNSTILE.enter(address, queueing(options));
        boolean dialled = false;
        try {
            Wire wire = dialer(options).dial(address, options.connectTimeout());
            dialled = true;
            return handshake(address, options, hostKeys, wire, turn);
        } finally {
            if (!dialled) {
                turn.close();
            }
        }
    }

    @Override
    public SshSession connect(MachineAddress given, SshOptions options, Knocking knocking, KnockListener listener)
            throws InterruptedException {
        MachineAddress address = options.at(given);
        TrustedHostKeys hostKeys = check(address, options);
        Wire wire = dialer(options).knock(address, knocking, listener::notYet);
        boolean inUse = false;
        try {
            listener.accepted();
            Optional<Turnstile.Turn> now = TURNSTILE.enterNow(address);
            if (now.isPresent()) {
                inUse = true;
                return handshake(address, options, hostKeys, wire, now.get());
            }
        } finally {
            if (!inUse) {
                wire.close();
            }
        }
        // Others are at it. A connection that waits for its turn counts at the server like one that shakes hands.
        return open(address, options);
    }

    private Dialer dialer(SshOptions options) {
        JumpHost jump = options.jumpHost();
        return jump == null ? DIRECTLY : new JumpDialer(jumpHosts, jump);
    }

    private static SshjSession handshake(
            MachineAddress address, SshOptions options, TrustedHostKeys hostKeys, Wire wire, Turnstile.Turn turn)
            throws InterruptedException {
        boolean loggedIn = false;
        try {
            SshjSession session = new Handshake(address, options, hostKeys, wire).run();
            loggedIn = true;
            turn.loggedIn();
            session.link().onFirstWord(turn::close);
            return session;
        } finally {
            if (!loggedIn) {
                turn.close();
            }
        }
    }

    private static TrustedHostKeys check(MachineAddress address, SshOptions options) throws InterruptedException {
        if (options.identities().isEmpty()) {
            throw new IllegalArgumentException(
                    address + ": there is no key to log in with; give the SSH options an identity");
        }
        TrustedHostKeys hostKeys = new TrustedHostKeys(address, options.hostKeys());
        if (hostKeys.algorithms().isEmpty()) {
            throw new IllegalArgumentException(address + ": there is no host key to recognise the machine by; "
                    + "give the SSH options at least one " + String.join(", ", TrustedHostKeys.SUPPORTED) + " key");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return hostKeys;
    }

    /** As long as a good many handshakes before this one may take, none of which needs to be a fast one. */
    private static Duration queueing(SshOptions options) {
        return options.connectTimeout().plus(options.handshakeTimeout()).multipliedBy(QUEUE);
    }
}
