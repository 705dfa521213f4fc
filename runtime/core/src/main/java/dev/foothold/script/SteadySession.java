package dev.foothold.script;

import dev.foothold.config.Secret;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.SshUpload;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session that can be had again when its connection breaks: to the same address, with the same identity and host keys.
 *
 * <p>A command is not repeated by itself, since nobody knows how far it came; an upload, which is whole or not there, is.
 * Thread-safe.
 */
public final class SteadySession implements SshSession {

    /** A login that is refused is tried again for so long: servers refuse logins while they boot. */
    private static final Duration BOOTING = Duration.ofSeconds(60);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final SshConnector connector;
    private final HostSshOptions login;
    private final Timeline timeline;
    private final Duration outage;
    private final MachineAddress address;

    // Guarded by this.
    private SshSession current;
    private boolean closed;

    /**
     * Makes a steady session of one that is logged in.
     *
     * @param first the first connection; closed with this session
     * @param connector opens further ones
     * @param login how to log in again
     * @param timeline what pauses are measured on
     * @param outage how long the machine may be out of reach, each time
     */
    public SteadySession(
            SshSession first, SshConnector connector, HostSshOptions login, Timeline timeline, Duration outage) {
        this.current = Objects.requireNonNull(first, "first");
        this.connector = Objects.requireNonNull(connector, "connector");
        this.login = Objects.requireNonNull(login, "login");
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        this.outage = Objects.requireNonNull(outage, "outage");
        this.address = first.address();
    }

    @Override
    public MachineAddress address() {
        return address;
    }

    @Override
    public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
        return session().run(command, output, timeout);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the connection breaks, the machine is called again and the file is uploaded again, from its beginning.
     */
    @Override
    public void upload(SshUpload upload, Duration timeout) throws InterruptedException {
        Instant end = timeline.now().plus(timeout);
        Duration left = timeout;
        while (true) {
            SshSession session = session();
            try {
                session.upload(upload, left);
                return;
            } catch (SshException e) {
                if (e.failure() != SshFailure.CONNECTION_LOST) {
                    throw e;
                }
                reconnect(session, Duration.between(timeline.now(), end), e);
            }
            left = Duration.between(timeline.now(), end);
            if (left.isNegative() || left.isZero()) {
                throw new SshException(
                        SshFailure.TIMED_OUT,
                        address,
                        upload.path() + " was not uploaded within " + timeout.toMillis() + " ms",
                        null);
            }
        }
    }

    /** Gives the connection that is there now; it may be broken. */
    synchronized SshSession session() {
        return current;
    }

    /** Gives what sudo is told if it asks. */
    @Nullable
    Secret sudoPassword() {
        return login.forHost(address).sudoPassword();
    }

    /** Says how long the machine may be out of reach. */
    Duration outage() {
        return outage;
    }

    /**
     * Calls the machine until it answers; at once if somebody else has done so already.
     *
     * @param broken the connection that is no good any more
     * @param budget how long to try; no longer than the outage that is allowed
     * @param reason why it is no good
     * @return the connection that is there now
     * @throws SshException if the machine cannot be reached again; the reason is suppressed in it
     */
    SshSession reconnect(SshSession broken, Duration budget, SshException reason) throws InterruptedException {
        broken.close();
        Duration allowed = budget.compareTo(outage) < 0 ? budget : outage;
        Instant end = timeline.now().plus(allowed);
        Instant refused = null;
        Duration pause = FIRST_PAUSE;
        while (true) {
            synchronized (this) {
                if (closed) {
                    throw reason;
                }
                if (current != broken) {
                    return current;
                }
            }
            try {
                return replace(broken, connector.connect(address, login.forHost(address)));
            } catch (SshException e) {
                if (e.failure() == SshFailure.AUTHENTICATION && refused == null) {
                    refused = timeline.now();
                }
                Instant next = timeline.now().plus(pause);
                boolean useless = e.failure() == SshFailure.HOST_KEY_MISMATCH
                        || e.failure() == SshFailure.AUTHENTICATION && next.isAfter(refused.plus(BOOTING));
                if (useless || next.isAfter(end)) {
                    SshException lost = new SshException(
                            e.failure(),
                            address,
                            "the connection broke, and the machine "
                                    + (useless ? "does not let us in again" : "was not reached again in time")
                                    + ": " + e.getMessage(),
                            e);
                    lost.addSuppressed(reason);
                    throw lost;
                }
            }
            timeline.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private SshSession replace(SshSession broken, SshSession fresh) {
        SshSession superfluous = fresh;
        try {
            synchronized (this) {
                if (!closed && current == broken) {
                    current = fresh;
                    superfluous = broken;
                }
                return current;
            }
        } finally {
            superfluous.close();
        }
    }

    @Override
    public void close() {
        SshSession last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        last.close();
    }

    @Override
    public String toString() {
        return "SteadySession[" + address + "]";
    }
}
