package dev.foothold.bootstrap;

import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.config.Secret;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.redact.Redactor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes the machine to bootstrap. Immutable; every method gives a changed copy.
 *
 * <pre>{@code
 * BootstrapParams.on(Base.parse("ubuntu@24.04"))
 *         .cloudConfig(c -> c.file("/etc/motd", "hello\n").run("systemctl", "restart", "acme"))
 *         .within(Duration.ofMinutes(10))
 * }</pre>
 *
 * @param base the operating system
 * @param arch the architecture; amd64 by default
 * @param instanceType the name of the size; null, the default, for the first the cloud offers
 * @param zones the only zones to try; empty, the default, for all
 * @param cloudConfig what the machine shall be; empty by default
 * @param timeout how long to wait for the machine, from the moment the cloud accepted it; 20 minutes by default
 * @param hostKeyRotation whether the machine must make itself a new host key at first contact; required by default
 * @param secrets what must not be shown, whoever writes it; empty by default
 * @param agent the program that is to do the machine's work; null, the default, for none
 */
public record BootstrapParams(
        Base base,
        Arch arch,
        @Nullable String instanceType,
        Set<String> zones,
        CloudConfig cloudConfig,
        Duration timeout,
        HostKeyRotation hostKeyRotation,
        Set<Secret> secrets,
        @Nullable Agent agent) {

    /** How long to wait for the machine by default. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(20);

    /**
     * Creates a description.
     *
     * @param base the operating system
     * @param arch the architecture
     * @param instanceType the name of the size
     * @param zones the only zones to try
     * @param cloudConfig what the machine shall be
     * @param timeout how long to wait for the machine, from the moment the cloud accepted it
     * @param hostKeyRotation whether the machine must make itself a new host key at first contact
     * @param secrets what must not be shown, whoever writes it
     * @param agent the program that is to do the machine's work; null for none
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BootstrapParams {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(arch, "arch");
        Objects.requireNonNull(cloudConfig, "cloudConfig");
        Objects.requireNonNull(hostKeyRotation, "hostKeyRotation");
        zones = Set.copyOf(zones);
        secrets = Set.copyOf(secrets);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "the time to wait for the machine must be greater than zero, but is " + timeout);
        }
    }

    /**
     * Creates a description without secrets and without an agent.
     *
     * @param base the operating system
     * @param arch the architecture
     * @param instanceType the name of the size
     * @param zones the only zones to try
     * @param cloudConfig what the machine shall be
     * @param timeout how long to wait for the machine, from the moment the cloud accepted it
     * @param hostKeyRotation whether the machine must make itself a new host key at first contact
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BootstrapParams(
            Base base,
            Arch arch,
            @Nullable String instanceType,
            Set<String> zones,
            CloudConfig cloudConfig,
            Duration timeout,
            HostKeyRotation hostKeyRotation) {
        this(base, arch, instanceType, zones, cloudConfig, timeout, hostKeyRotation, Set.of(), null);
    }

    /**
     * Starts a description.
     *
     * @param base the operating system
     * @return a description with every default
     */
    public static BootstrapParams on(Base base) {
        return new BootstrapParams(
                base, Arch.AMD64, null, Set.of(), CloudConfig.empty(), DEFAULT_TIMEOUT, HostKeyRotation.REQUIRED);
    }

    /**
     * Chooses the architecture.
     *
     * @param architecture the architecture
     * @return the changed copy
     */
    public BootstrapParams arch(Arch architecture) {
        return new BootstrapParams(
                base, architecture, instanceType, zones, cloudConfig, timeout, hostKeyRotation, secrets, agent);
    }

    /**
     * Chooses the size.
     *
     * @param name what the cloud calls it
     * @return the changed copy
     */
    public BootstrapParams instanceType(String name) {
        return new BootstrapParams(base, arch, name, zones, cloudConfig, timeout, hostKeyRotation, secrets, agent);
    }

    /**
     * Limits the zones that are tried.
     *
     * @param names names of zones, compared exactly
     * @return the changed copy
     */
    public BootstrapParams zones(String... names) {
        return new BootstrapParams(
                base,
                arch,
                instanceType,
                Set.copyOf(List.of(names)),
                cloudConfig,
                timeout,
                hostKeyRotation,
                secrets,
                agent);
    }

    /**
     * Describes what the machine shall be.
     *
     * @param change is given the description so far
     * @return the changed copy
     */
    public BootstrapParams cloudConfig(UnaryOperator<CloudConfig> change) {
        return new BootstrapParams(
                base, arch, instanceType, zones, change.apply(cloudConfig), timeout, hostKeyRotation, secrets, agent);
    }

    /**
     * Sets how long to wait for the machine.
     *
     * @param time from the moment the cloud has accepted it
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public BootstrapParams within(Duration time) {
        return new BootstrapParams(base, arch, instanceType, zones, cloudConfig, time, hostKeyRotation, secrets, agent);
    }

    /**
     * Says whether the machine must make itself a new host key at first contact, which makes the one in its user data
     * worthless.
     *
     * @param policy what to do about the host key
     * @return the changed copy
     */
    public BootstrapParams hostKeyRotation(HostKeyRotation policy) {
        return new BootstrapParams(base, arch, instanceType, zones, cloudConfig, timeout, policy, secrets, agent);
    }

    /**
     * Keeps a text from being shown: in what the machine writes, in events and in failures, {@link Redactor#MASK} stands
     * in its place. What {@link CloudConfig#file(String, Secret)} writes, and secret variables of the agent, need not be
     * named.
     *
     * @param secret the text, for example a password that the configuration script hands to a program
     * @return the changed copy
     */
    public BootstrapParams secret(Secret secret) {
        Set<Secret> more = new HashSet<>(secrets);
        more.add(secret);
        return new BootstrapParams(base, arch, instanceType, zones, cloudConfig, timeout, hostKeyRotation, more, agent);
    }

    /**
     * Delivers an agent once the machine is what it shall be, and waits until it is ready. Without one, the bootstrap ends
     * after the configuration.
     *
     * @param program the agent
     * @return the changed copy
     */
    public BootstrapParams agent(Agent program) {
        return new BootstrapParams(
                base, arch, instanceType, zones, cloudConfig, timeout, hostKeyRotation, secrets, program);
    }

    /**
     * Delivers the newest agent that fits the machine; see {@link Agent#from}.
     *
     * @param binaries the builds to choose from
     * @return the changed copy
     */
    public BootstrapParams agent(AgentBinaries binaries) {
        return agent(Agent.from(binaries));
    }
}
