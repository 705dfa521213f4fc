package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshAgent;
import dev.foothold.ssh.SshIdentity;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthImpl;
import org.jspecify.annotations.Nullable;

/**
 * Sets up SSH over a connection that was accepted: a thread of its own takes the steps, and the caller's thread watches how long each of them
 * takes. When a step is over its time, or the caller is interrupted, the caller cuts the wire under the steps.
 */
final class Handshake {

    /** How long to wait for the steps to notice that their wire is cut. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How often to look whether sshj has lost its reading thread and does not know. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final MachineAddress address;
    private final SshOptions options;
    private final TrustedHostKeys hostKeys;
    private final Wire wire;

    // Guarded by this.
    private Step step = Step.IDENTIFY;
    private Deadline deadline;
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable Link link;

    /** Takes over a wire. */
    Handshake(MachineAddress address, SshOptions options, TrustedHostKeys hostKeys, Wire wire) {
        this.address = address;
        this.options = options;
        this.hostKeys = hostKeys;
        this.wire = wire;
        this.deadline = Deadline.after(options.handshakeTimeout());
    }

    SshjSession run() throws InterruptedException {
        Errand worker = Errands.now("foothold-ssh-handshake-" + address, this::takeSteps);
        boolean inTime = false;
        try {
            inTime = awaitEnd(worker);
        } finally {
            if (!inTime) {
                giveUp(worker);
            }
        }
        worker.await(Deadline.after(PATIENCE));
        return outcome(inTime);
    }

    private synchronized boolean awaitEnd(Errand worker) throws InterruptedException {
        while (!ended && !deadline.isOver()) {
            boolean orphaned = link != null && link.isOrphaned();
            deadline.awaitAtMost(LOOK, this);
            if (orphaned && !ended) {
                worker.interrupt();
            }
        }
        return ended;
    }

    private void giveUp(Errand worker) {
        worker.interrupt();
        Link opened = link();
        if (opened != null) {
            opened.abort();
        }
        wire.close();
        worker.await(Deadline.after(PATIENCE));
        cleanUp();
    }

    private synchronized @Nullable Link link() {
        return link;
    }

    private synchronized SshjSession outcome(boolean inTime) {
        if (!inTime) {
            throw step.late(address, options, failure);
        }
        if (failure != null || link == null) {
            // Without a reading thread the worker knows only that it was woken, but not why the thread ended.
            boolean woken = link != null && Step.isInterrupt(failure);
            throw step.explain(address, woken && link.death() != null ? link.death() : failure, hostKeys);
        }
        return new SshjSession(address, link);
    }

    private void takeSteps() {
        Throwable problem = null;
        try {
            SshjConfig config = new SshjConfig(hostKeys.algorithms());
            Link opened = new Link(address, wire, config, hostKeys, options.keepAlive());
            enter(Step.IDENTIFY, opened);
            opened.identify();
            enter(Step.EXCHANGE_KEYS, opened);
            opened.exchangeKeys();
            enter(Step.AUTHENTICATE, opened);
            authenticate(opened);
            opened.loggedIn();
        } catch (Throwable e) {
            problem = e;
            // The interrupt, if any, came from giveUp and has been obeyed; it must not disturb the clean-up.
            Thread.interrupted();
            cleanUp();
        }
        synchronized (this) {
            failure = problem;
            ended = true;
            notifyAll();
        }
    }

    private synchronized void enter(Step next, Link opened) {
        // Nobody has to be woken: whoever waits for the old deadline finds the new one then.
        step = next;
        link = opened;
        deadline = Deadline.after(options.handshakeTimeout());
    }

    private void authenticate(Link opened) throws IOException {
        UserAuth auth = new UserAuthImpl(opened.transport());
        List<SshPublicKey> refused = new ArrayList<>();
        for (SshIdentity identity : options.identities()) {
            for (Signer signer : signers(identity)) {
                KeyLogin method = new KeyLogin(signer);
                method.setLoggerFactory(opened.transport().getConfig().getLoggerFactory());
                if (auth.authenticate(options.user(), opened.connection(), method, 0)) {
                    return;
                }
                refused.add(signer.key());
            }
        }
        throw new Step.NotLetIn(options.user(), refused, auth);
    }

    private static List<Signer> signers(SshIdentity identity) throws IOException {
        if (identity instanceof SshAgent agent) {
            return new AgentClient(agent).signers();
        }
        return List.of(Signer.of((SshKeyPair) identity));
    }

    private void cleanUp() {
        Link opened = link();
        if (opened != null) {
            opened.close();
        }
        wire.close();
    }
}
