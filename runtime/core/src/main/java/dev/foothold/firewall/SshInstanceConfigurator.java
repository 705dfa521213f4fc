package dev.foothold.firewall;

import dev.foothold.network.Cidr;
import dev.foothold.network.IngressRules;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Configures a machine over SSH, whose host key is checked. Rules are kept by nftables, or by iptables on machines where
 * somebody else uses that, in a table or chain of their own, for IPv4 and IPv6; the rules of others are never touched, and
 * those that the original has left are taken over with the first change.
 *
 * <p>A change is one transaction, made only if nobody has changed the rules since they were read. Before one that closes
 * something, a guard is set up on the machine that brings the old rules back after {@link #DEFAULT_GUARD}; it is disarmed
 * through a new connection, which proves that the machine can be reached. Then the rules are put where the distribution
 * loads them from when the machine boots, if it has such a place.
 *
 * <p>The connection is opened when it is needed, and kept until {@link #close()}. Not thread-safe.
 */
public final class SshInstanceConfigurator implements InstanceConfigurator, AutoCloseable {

    /** How long a machine waits for a new connection before it brings the old rules back. */
    public static final Duration DEFAULT_GUARD = Duration.ofSeconds(30);

    /** How long each step may take on the machine. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    /** The interface that the original takes into use. */
    public static final String DEFAULT_EXTERNAL_INTERFACE = "eth1";

    private final MachineLine line;
    private final Duration guard;
    private final Duration timeout;
    private final boolean lockOutAllowed;
    private final String externalInterface;

    private SshInstanceConfigurator(
            MachineLine line, Duration guard, Duration timeout, boolean lockOutAllowed, String externalInterface) {
        this.line = line;
        this.guard = guard;
        this.timeout = timeout;
        this.lockOutAllowed = lockOutAllowed;
        this.externalInterface = externalInterface;
    }

    /**
     * Makes a configurator; nothing is connected to yet.
     *
     * @param address where the machine is reached
     * @param login as whom to log in, and which host keys to accept; the user is root or may use sudo
     * @param connector opens connections
     * @return the configurator
     */
    public static SshInstanceConfigurator of(MachineAddress address, HostSshOptions login, SshConnector connector) {
        return of(new MachineLine(
                Objects.requireNonNull(address, "address"),
                Objects.requireNonNull(login, "login"),
                Objects.requireNonNull(connector, "connector"),
                null));
    }

    /**
     * Makes a configurator of a connection that is there already.
     *
     * @param session a session that is logged in; closed with the configurator, or when a new one takes its place
     * @param login how to log in again
     * @param connector opens new connections
     * @return the configurator
     */
    public static SshInstanceConfigurator over(SshSession session, HostSshOptions login, SshConnector connector) {
        return of(new MachineLine(
                session.address(),
                Objects.requireNonNull(login, "login"),
                Objects.requireNonNull(connector, "connector"),
                session));
    }

    private static SshInstanceConfigurator of(MachineLine line) {
        return new SshInstanceConfigurator(line, DEFAULT_GUARD, DEFAULT_TIMEOUT, false, DEFAULT_EXTERNAL_INTERFACE);
    }

    /**
     * Sets how long the machine waits for a new connection before it brings the old rules back.
     *
     * @param time at least a second; parts of a second do not count
     * @return a changed copy that shares the connection
     * @throws IllegalArgumentException if it is less than a second
     */
    public SshInstanceConfigurator withGuard(Duration time) {
        if (time.toSeconds() < 1) {
            throw new IllegalArgumentException("the guard must wait for at least a second, but is to wait for " + time);
        }
        return new SshInstanceConfigurator(line, time, timeout, lockOutAllowed, externalInterface);
    }

    /**
     * Sets how long each step may take on the machine.
     *
     * @param time greater than zero
     * @return a changed copy that shares the connection
     * @throws IllegalArgumentException if it is not
     */
    public SshInstanceConfigurator within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a step needs more time than " + time);
        }
        return new SshInstanceConfigurator(line, guard, time, lockOutAllowed, externalInterface);
    }

    /**
     * Allows changes after which the machine cannot be reached by SSH any more. There is no guard then.
     *
     * @return a changed copy that shares the connection
     */
    public SshInstanceConfigurator allowingLockOut() {
        return new SshInstanceConfigurator(line, guard, timeout, true, externalInterface);
    }

    /**
     * Names the interface that gets the external address.
     *
     * @param name for example {@code ens4}
     * @return a changed copy that shares the connection
     * @throws IllegalArgumentException if no interface can be called like that
     */
    public SshInstanceConfigurator withExternalInterface(String name) {
        return new SshInstanceConfigurator(line, guard, timeout, lockOutAllowed, Closing.requireInterface(name));
    }

    /**
     * Says what the machine lets through, as far as Foothold or the original has a say.
     *
     * @return the rules
     * @throws FirewallException if the machine cannot be asked, or its answer not be understood
     * @throws InterruptedException if the caller was interrupted
     */
    public FirewallRules rules() throws InterruptedException {
        return read("failed to list the firewall's rules", "look").rules();
    }

    /**
     * Says what a change would do. Nothing is changed.
     *
     * @param change makes of the rules that there are those that shall be
     * @return the plan; its {@link FirewallPlan#describe()} is for people
     * @throws FirewallException if the machine cannot be asked, or its answer not be understood
     * @throws InterruptedException if the caller was interrupted
     */
    public FirewallPlan plan(UnaryOperator<FirewallRules> change) throws InterruptedException {
        return plan("failed to list the firewall's rules", change);
    }

    /**
     * Does what a plan says. If there is nothing to change, the machine is not asked.
     *
     * @param plan made by {@link #plan} for the same machine
     * @return what came of it
     * @throws FirewallException if somebody else has changed the rules since the plan was made, the change would close the
     *     SSH port in use, the machine does not take it, or does not let a new connection in afterwards; the old rules
     *     count then
     * @throws InterruptedException if the caller was interrupted; the machine brings the old rules back unless they were
     *     confirmed
     */
    public FirewallResult apply(FirewallPlan plan) throws InterruptedException {
        return apply("failed to change the firewall", plan);
    }

    @Override
    public void dropAllPorts(List<Integer> except, @Nullable String address) throws InterruptedException {
        Cidr at = address(address);
        FirewallRules.none().dropAll(except, at);
        change("failed to drop all ports", rules -> rules.dropAll(except, at));
    }

    @Override
    public void changeIngressRules(@Nullable String address, boolean insert, IngressRules rules)
            throws InterruptedException {
        Cidr at = address(address);
        FirewallRules.none().open(rules, at);
        if (!rules.isEmpty()) {
            change(
                    "failed configuring ports for address \"" + (address == null ? "" : address) + "\"",
                    now -> insert ? now.open(rules, at) : now.close(rules, at));
        }
    }

    @Override
    public IngressRules findIngressRules() throws InterruptedException {
        return read("failed to list open ports", "look").rules().ingress();
    }

    @Override
    public void configureExternalIpAddress(int apiPort) throws InterruptedException {
        ExternalAddress.rules(
                FirewallRules.none(), externalInterface, apiPort); // whatever is wrong is wrong without asking
        String doing = "failed to configure an external IP address at " + externalInterface;
        external(doing, "check");
        FirewallPlan plan = plan(doing, now -> ExternalAddress.rules(now, externalInterface, apiPort));
        apply(doing, plan);
        try {
            external(doing, "up");
        } catch (FirewallException e) {
            FirewallRules before = plan.current();
            try {
                change("failed to bring the rules back", now -> before);
            } catch (FirewallException back) {
                e.addSuppressed(back);
            }
            throw e;
        }
    }

    private void external(String doing, String mode) throws InterruptedException {
        String ifupdown = ExternalAddress.ifupdown(externalInterface);
        String netplan = ExternalAddress.netplan(externalInterface);
        line.run(
                MachineProgram.ADDRESS,
                doing,
                timeout,
                List.of(externalInterface, mode, size(ifupdown), size(netplan)),
                List.of(ifupdown, netplan));
    }

    /**
     * Renders what {@link #configureExternalIpAddress} does as commands that the machine runs itself when it boots for the
     * first time, for example among those of a cloud-config. They do no harm when they are run again. Foothold's rules that
     * the machine has are replaced.
     *
     * @param apiPort a TCP port that is open afterwards, for everybody; 0 for none
     * @return command lines for a POSIX shell, to be run in this order; they use {@code sudo}
     * @throws IllegalArgumentException if the port is not from 0 to 65535
     */
    public List<String> configureExternalIpAddressCommands(int apiPort) {
        return ExternalAddress.commands(externalInterface, apiPort);
    }

    private void change(String doing, UnaryOperator<FirewallRules> change) throws InterruptedException {
        apply(doing, plan(doing, change));
    }

    private FirewallPlan plan(String doing, UnaryOperator<FirewallRules> change) throws InterruptedException {
        Reading reading = read(doing, "plan");
        return new FirewallPlan(reading, change.apply(reading.rules()));
    }

    private Reading read(String doing, String what) throws InterruptedException {
        return understood(doing, line.run(MachineProgram.READ, doing, timeout, List.of(what), List.of()));
    }

    private Reading understood(String doing, Answer answer) {
        try {
            return new Reading(answer);
        } catch (FirewallException e) {
            throw line.failed(MachineProgram.READ, doing, e.output(), e.getMessage(), e);
        }
    }

    private FirewallResult apply(String doing, FirewallPlan plan) throws InterruptedException {
        if (plan.isEmpty()) {
            return FirewallResult.unchanged();
        }
        Reading reading = plan.reading();
        String cutOff = reading.cutsOff(plan.wanted());
        if (!lockOutAllowed && !cutOff.isEmpty()) {
            throw line.failed(
                    MachineProgram.APPLY,
                    doing,
                    "",
                    "that would close " + cutOff + "; leave it open, or say allowingLockOut(). Nothing was changed",
                    null);
        }
        boolean guarded = !lockOutAllowed && plan.closesSomething();
        String change = UUID.randomUUID().toString();
        List<String> files = reading.files(plan.wanted());
        List<String> arguments = new ArrayList<>(
                List.of(reading.backend(), reading.digest(), String.valueOf(guarded ? guard.toSeconds() : 0), change));
        files.forEach(file -> arguments.add(size(file)));
        Answer applied = send(doing, arguments, files, guarded);
        FirewallRules there = understood(doing, applied).rules();
        if (applied.has("changed")) {
            throw line.failed(
                    MachineProgram.APPLY,
                    doing,
                    "",
                    "somebody else has changed the rules meanwhile"
                            + difference(plan.current(), there)
                            + ". Nothing was changed; make a new plan",
                    null);
        }
        try {
            if (!there.equals(plan.wanted())) {
                throw line.failed(
                        MachineProgram.APPLY,
                        doing,
                        "",
                        "the machine has other rules than it was given" + difference(plan.wanted(), there),
                        null);
            }
            return guarded ? confirm(doing, reading, change, applied) : FirewallResult.of(applied, applied);
        } catch (FirewallException | SshException e) {
            if (!guarded) {
                throw e;
            }
            throw restored(doing, reading, change, e);
        }
    }

    private Answer send(String doing, List<String> arguments, List<String> files, boolean guarded)
            throws InterruptedException {
        try {
            return line.run(MachineProgram.APPLY, doing, timeout, arguments, files);
        } catch (FirewallException e) {
            if (e.getCause() instanceof SshException lost) {
                String then = guarded
                        ? "if the machine took the new rules, it brings the old ones back after " + guard.toSeconds()
                                + " s"
                        : "it is not known whether the machine took the new rules";
                throw line.failed(MachineProgram.APPLY, doing, e.output(), then + ": " + lost.getMessage(), lost);
            }
            throw e;
        }
    }

    /** The old connection would live on whatever the rules are; a new one proves something. */
    private FirewallResult confirm(String doing, Reading reading, String change, Answer applied)
            throws InterruptedException {
        Answer confirmed = line.runAnew(
                guard.multipliedBy(2).dividedBy(3),
                MachineProgram.CONFIRM,
                doing,
                timeout,
                List.of(reading.backend(), change));
        if (!confirmed.has("confirmed")) {
            throw line.failed(
                    MachineProgram.CONFIRM,
                    doing,
                    "",
                    "the new connection came too late: the machine has brought the old rules back after "
                            + guard.toSeconds() + " s",
                    null);
        }
        return FirewallResult.of(applied, confirmed);
    }

    private FirewallException restored(String doing, Reading reading, String change, RuntimeException cause)
            throws InterruptedException {
        String what;
        FirewallException failed = null;
        try {
            line.run(MachineProgram.RESTORE, doing, timeout, List.of(reading.backend(), change), List.of());
            what = "the old rules are back";
        } catch (FirewallException e) {
            failed = e;
            what = "the machine brings the old rules back " + guard.toSeconds() + " s after it took the new ones";
        }
        FirewallException thrown = line.failed(
                MachineProgram.CONFIRM,
                doing,
                "",
                "the change could not be confirmed through a new connection, so " + what + ": " + cause.getMessage(),
                cause);
        if (failed != null) {
            thrown.addSuppressed(failed);
        }
        return thrown;
    }

    private static String difference(FirewallRules expected, FirewallRules found) {
        Set<Object> missing = new HashSet<>(expected.openings());
        missing.addAll(expected.closings());
        Set<Object> there = new HashSet<>(found.openings());
        there.addAll(found.closings());
        StringBuilder text = new StringBuilder();
        there.stream()
                .filter(rule -> !missing.contains(rule))
                .map(Object::toString)
                .sorted()
                .limit(MOST_NAMED)
                .forEach(rule -> text.append(text.isEmpty() ? ": " : ", ")
                        .append("there is \"")
                        .append(rule)
                        .append('"'));
        missing.stream()
                .filter(rule -> !there.contains(rule))
                .map(Object::toString)
                .sorted()
                .limit(MOST_NAMED)
                .forEach(rule -> text.append(text.isEmpty() ? ": " : ", ")
                        .append("there is no \"")
                        .append(rule)
                        .append('"'));
        return text.toString();
    }

    private static final int MOST_NAMED = 3;

    private static String size(String file) {
        return String.valueOf(file.getBytes(StandardCharsets.UTF_8).length);
    }

    private static @Nullable Cidr address(@Nullable String address) {
        return address == null || address.isEmpty() ? null : Cidr.host(address);
    }

    /** Closes the connection. Closing twice is fine. */
    @Override
    public void close() {
        line.close();
    }
}
