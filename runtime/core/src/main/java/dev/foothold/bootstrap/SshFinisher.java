package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.config.Secret;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.network.MachineAddress;
import dev.foothold.script.SteadySession;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Finishes a machine over SSH: waits until it has proved itself, has it make a new host key if many can read its present
 * one, then runs its configuration script. Thread-safe.
 */
public final class SshFinisher implements BootstrapFinisher {

    private static final Duration SHORTEST_RUN = Duration.ofSeconds(1);
    /** How long a machine may be out of reach while it is configured; it may reboot meanwhile. */
    private static final Duration OUTAGE = Duration.ofMinutes(5);

    private static final Duration SEED_TIMEOUT = Duration.ofSeconds(60);

    private final SshConnector connector;
    private final StateStore store;
    private final WaitSsh waitSsh;

    /**
     * Creates a finisher.
     *
     * @param connector opens the connections
     * @param store where the machine's new host key is kept
     */
    public SshFinisher(SshConnector connector, StateStore store) {
        this.connector = Objects.requireNonNull(connector, "connector");
        this.store = Objects.requireNonNull(store, "store");
        this.waitSsh = new WaitSsh(connector);
    }

    @Override
    public void prepare() {
        connector.prepare();
    }

    @Override
    public MachineAddress finish(StartedMachine machine, OperationContext context) throws InterruptedException {
        BootstrapParams params = machine.params();
        Instant deadline = context.timeline().now().plus(params.timeout());
        try (SshSession first = waitSsh.await(
                machine.instance().instance(),
                machine.instance(),
                machine.sshOptions(),
                machine.checkNonceScript(),
                WaitOptions.defaults().within(params.timeout()),
                context)) {
            seed(first, machine, context);
            try (SteadySession session = steady(settle(first, machine, context), machine, context)) {
                machine.stillOurs().run();
                new MachineConfigurator(machine.dataDirectory())
                        .configure(session, params.cloudConfig(), context, left(deadline, context));
                Agent agent = params.agent();
                if (agent != null) {
                    machine.stillOurs().run();
                    new AgentDelivery(machine.dataDirectory())
                            .deliver(session, agent, params.base(), params.arch(), context, left(deadline, context));
                }
                return session.address();
            }
        }
    }

    private static Duration left(Instant deadline, OperationContext context) {
        Duration left = Duration.between(context.timeline().now(), deadline);
        return left.compareTo(SHORTEST_RUN) > 0 ? left : SHORTEST_RUN;
    }

    /** Brings to a machine without user data what it needs to know. */
    private void seed(SshSession first, StartedMachine machine, OperationContext context) throws InterruptedException {
        if (machine.seedScript().isEmpty()) {
            return;
        }
        machine.stillOurs().run();
        HostPins pins = new HostPins(store, context.model().name());
        Instance instance = machine.instance().instance();
        pins.keep(instance.id(), FirstBoot.told(instance));
        OutputLines lines = new OutputLines(context.redactor(), line -> {});
        SshResult result = first.run(SshCommand.of("/bin/sh -s").reading(machine.seedScript()), lines, SEED_TIMEOUT);
        lines.end();
        if (!result.succeeded()) {
            throw new ScriptFailedException(first.address().hostAndPort(), result, lines.tail());
        }
    }

    /** Gives the session to go on with: a second one, unless the machine keeps its host key and had been told all. */
    private SshSession settle(SshSession first, StartedMachine machine, OperationContext context)
            throws InterruptedException {
        HostPins pins = new HostPins(store, context.model().name());
        InstanceId id = machine.instance().instance().id();
        boolean seeded = !machine.seedScript().isEmpty();
        HostKeyRotation policy = machine.params().hostKeyRotation();
        // What was in no user data, nobody can have read there; and others may know the machine by it.
        if (policy != HostKeyRotation.NEVER && !seeded) {
            machine.stillOurs().run();
            try {
                return new RotateHostKey(connector, pins, context)
                        .rotate(first, id, machine.dataDirectory(), login(machine, pins.of(id)));
            } catch (HostKeyRotationException e) {
                if (policy == HostKeyRotation.REQUIRED) {
                    throw e;
                }
                context.tell((at, origin) -> new Event.HostKeyKept(at, origin, first.address(), e.reason()));
            }
        }
        // A machine that was seeded has not yet shown that it lets our key in.
        return seeded
                ? connector.connect(first.address(), login(machine, pins.of(id)).forHost(first.address()))
                : first;
    }

    private SteadySession steady(SshSession session, StartedMachine machine, OperationContext context) {
        List<SshPublicKey> pinned = new HostPins(store, context.model().name())
                .of(machine.instance().instance().id());
        // A host key that was to be replaced, but stays, may be known by the options for the first login only.
        HostSshOptions login = pinned.isEmpty() ? machine.sshOptions() : login(machine, pinned);
        Secret password = login.forHost(session.address()).sudoPassword();
        if (password != null) {
            context.redactor().hide(password);
        }
        return new SteadySession(session, connector, login, context.timeline(), OUTAGE);
    }

    private static HostSshOptions login(StartedMachine machine, List<SshPublicKey> hostKeys) {
        return FirstBoot.loginWith(machine.sshOptions(), machine.identity(), hostKeys);
    }
}
