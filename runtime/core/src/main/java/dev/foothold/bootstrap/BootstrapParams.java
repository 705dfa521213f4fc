package dev.foothold.bootstrap;

import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.config.Secret;
import dev.foothold.constraints.Constraints;
import dev.foothold.environ.RootDisk;
import dev.foothold.instance.Placement;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.redact.Redactor;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes the machine to bootstrap. Immutable; every method gives a changed copy.
 *
 * <pre>{@code
 * BootstrapParams.on(Base.parse("ubuntu@24.04"))
 *         .constraints("mem=4G cores=2 zones=a,b")
 *         .cloudConfig(c -> c.file("/etc/motd", "hello\n").run("systemctl", "restart", "acme"))
 *         .within(Duration.ofMinutes(10))
 * }</pre>
 *
 * @param base the operating system
 * @param constraints what the machine has to be, as far as it was said; none by default
 * @param placement where exactly the machine is to be; null, the default, if that does not matter
 * @param storagePools the attributes of storage pools by name; the constraint {@code root-disk-source} may name one
 * @param cloudConfig what the machine shall be; empty by default
 * @param timeout how long to wait for the machine, from the moment the cloud accepted it; 20 minutes by default
 * @param hostKeyRotation whether the machine must make itself a new host key at first contact; required by default
 * @param keepBroken whether a machine that was started but cannot be finished is left as it is; false by default
 * @param secrets what must not be shown, whoever writes it; empty by default
 * @param agent the program that is to do the machine's work; null, the default, for none
 * @param supported the operating systems that are supported on the machine; null, the default, if that is not checked
 * @param forced whether one that is not supported is taken all the same; false by default
 */
public record BootstrapParams(
        Base base,
        Constraints constraints,
        @Nullable Placement placement,
        Map<String, Map<String, Object>> storagePools,
        CloudConfig cloudConfig,
        Duration timeout,
        HostKeyRotation hostKeyRotation,
        boolean keepBroken,
        Set<Secret> secrets,
        @Nullable Agent agent,
        @Nullable Set<Base> supported,
        boolean forced) {

    /** How long to wait for the machine by default. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(20);

    /** The architecture of machines by default. */
    static final Arch DEFAULT_ARCH = Arch.AMD64;

    /**
     * Creates a description.
     *
     * @param base the operating system
     * @param constraints what the machine has to be
     * @param placement where exactly the machine is to be, or null if that does not matter
     * @param storagePools the attributes of storage pools by name
     * @param cloudConfig what the machine shall be
     * @param timeout how long to wait for the machine, from the moment the cloud accepted it
     * @param hostKeyRotation whether the machine must make itself a new host key at first contact
     * @param keepBroken whether a machine that was started but cannot be finished is left as it is
     * @param secrets what must not be shown, whoever writes it
     * @param agent the program that is to do the machine's work; null for none
     * @param supported the operating systems that are supported on the machine; null if that is not checked
     * @param forced whether one that is not supported is taken all the same
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BootstrapParams {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(constraints, "constraints");
        Objects.requireNonNull(cloudConfig, "cloudConfig");
        Objects.requireNonNull(hostKeyRotation, "hostKeyRotation");
        Map<String, Map<String, Object>> pools = new LinkedHashMap<>();
        storagePools.forEach(
                (name, attributes) -> pools.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(attributes))));
        storagePools = Collections.unmodifiableMap(pools);
        secrets = Set.copyOf(secrets);
        supported = supported == null ? null : Set.copyOf(supported);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "the time to wait for the machine must be greater than zero, but is " + timeout);
        }
    }

    /**
     * Starts a description.
     *
     * @param base the operating system
     * @return a description with every default
     */
    public static BootstrapParams on(Base base) {
        return new BootstrapParams(
                base,
                Constraints.none(),
                null,
                Map.of(),
                CloudConfig.empty(),
                DEFAULT_TIMEOUT,
                HostKeyRotation.REQUIRED,
                false,
                Set.of(),
                null,
                null,
                false);
    }

    /**
     * Says what the machine has to be.
     *
     * @param wanted constraints; what they set wins over what was said before, also by {@link #arch(Arch)}, {@link
     *     #instanceType(String)} and {@link #zones(String...)}, the rest stays
     * @return the changed copy
     */
    public BootstrapParams constraints(Constraints wanted) {
        return with(change -> change.constraints = wanted.withFallback(constraints));
    }

    /**
     * Says what the machine has to be.
     *
     * @param wanted constraints as {@link Constraints#parse} reads them, for example {@code mem=4G cores=2 zones=a,b};
     *     what they set wins over what was said before
     * @return the changed copy
     * @throws IllegalArgumentException if the text cannot be read; the message names the constraint and what is needed
     */
    public BootstrapParams constraints(String wanted) {
        return constraints(Constraints.parse(wanted));
    }

    /**
     * Chooses the architecture.
     *
     * @param architecture the architecture
     * @return the changed copy
     */
    public BootstrapParams arch(Arch architecture) {
        return with(change -> change.constraints = constraints.withArch(architecture));
    }

    /**
     * Chooses the size.
     *
     * @param name what the cloud calls it
     * @return the changed copy
     */
    public BootstrapParams instanceType(String name) {
        return with(change -> change.constraints = constraints.withInstanceType(name));
    }

    /**
     * Limits the zones that are tried.
     *
     * @param names names of zones, compared exactly
     * @return the changed copy
     */
    public BootstrapParams zones(String... names) {
        return with(change -> change.constraints = constraints.withZones(names));
    }

    /**
     * Says where exactly the machine is to be.
     *
     * @param place the place, which the cloud has to know
     * @return the changed copy
     */
    public BootstrapParams placement(Placement place) {
        return with(change -> change.placement = place);
    }

    /**
     * Describes a storage pool, which the constraint {@code root-disk-source} may name.
     *
     * @param name the pool's name
     * @param attributes what is known about it; {@value RootDisk#TYPE} is the kind of storage, in the cloud's words
     * @return the changed copy
     */
    public BootstrapParams storagePool(String name, Map<String, ?> attributes) {
        Map<String, Map<String, Object>> pools = new LinkedHashMap<>(storagePools);
        pools.put(name, new LinkedHashMap<>(attributes));
        return with(change -> change.storagePools = pools);
    }

    /**
     * Describes what the machine shall be.
     *
     * @param change is given the description so far
     * @return the changed copy
     */
    public BootstrapParams cloudConfig(UnaryOperator<CloudConfig> change) {
        CloudConfig changed = change.apply(cloudConfig);
        return with(changing -> changing.cloudConfig = changed);
    }

    /**
     * Sets how long to wait for the machine.
     *
     * @param time from the moment the cloud has accepted it
     * @return the changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public BootstrapParams within(Duration time) {
        return with(change -> change.timeout = time);
    }

    /**
     * Says whether the machine must make itself a new host key at first contact, which makes the one in its user data
     * worthless.
     *
     * @param policy what to do about the host key
     * @return the changed copy
     */
    public BootstrapParams hostKeyRotation(HostKeyRotation policy) {
        return with(change -> change.hostKeyRotation = policy);
    }

    /**
     * Says what becomes of a machine that was started but cannot be finished. One that is kept stays on record, so that
     * the model counts as bootstrapped until it is destroyed; {@link dev.foothold.event.Event.MachineKept} tells how to
     * reach it.
     *
     * @param keep whether it is left as it is; otherwise it is taken back
     * @return the changed copy
     */
    public BootstrapParams keepBroken(boolean keep) {
        return with(change -> change.keepBroken = keep);
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
        return with(change -> change.secrets = more);
    }

    /**
     * Delivers an agent once the machine is what it shall be, and waits until it is ready. Without one, the bootstrap ends
     * after the configuration.
     *
     * @param program the agent
     * @return the changed copy
     */
    public BootstrapParams agent(Agent program) {
        return with(change -> change.agent = program);
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

    /**
     * Says which operating systems are supported on the machine, for platforms that let their users choose. Another one
     * is refused before anything is started, unless {@linkplain #force() forced}.
     *
     * @param bases the operating systems; none at all refuses every one
     * @return the changed copy
     */
    public BootstrapParams supporting(Base... bases) {
        return with(change -> change.supported = Set.of(bases));
    }

    /**
     * Takes an operating system that is not supported, too.
     *
     * @return the changed copy
     */
    public BootstrapParams force() {
        return with(change -> change.forced = true);
    }

    /**
     * Gives the architecture.
     *
     * @return that of the constraints; amd64 by default
     */
    public Arch arch() {
        return constraints.arch().orElse(DEFAULT_ARCH);
    }

    /**
     * Gives the size.
     *
     * @return what the cloud calls it; null, the default, for the first that meets the constraints
     */
    public @Nullable String instanceType() {
        return constraints.instanceType().orElse(null);
    }

    /**
     * Gives the only zones to try.
     *
     * @return names of zones; empty, the default, for all
     */
    public Set<String> zones() {
        return Set.copyOf(constraints.zones());
    }

    /** Describes the root disk if it is to be in one of the pools; a source of another name is the environ's to know. */
    @Nullable
    RootDisk rootDisk() {
        return constraints
                .rootDiskSource()
                .map(storagePools::get)
                .map(RootDisk::in)
                .orElse(null);
    }

    private BootstrapParams with(Consumer<Change> what) {
        Change change = new Change(this);
        what.accept(change);
        return change.made();
    }

    /** All that a description says, for those who change one thing of it. */
    private static final class Change {

        private final Base base;
        private Constraints constraints;
        private @Nullable Placement placement;
        private Map<String, Map<String, Object>> storagePools;
        private CloudConfig cloudConfig;
        private Duration timeout;
        private HostKeyRotation hostKeyRotation;
        private boolean keepBroken;
        private Set<Secret> secrets;
        private @Nullable Agent agent;
        private @Nullable Set<Base> supported;
        private boolean forced;

        Change(BootstrapParams from) {
            base = from.base;
            constraints = from.constraints;
            placement = from.placement;
            storagePools = from.storagePools;
            cloudConfig = from.cloudConfig;
            timeout = from.timeout;
            hostKeyRotation = from.hostKeyRotation;
            keepBroken = from.keepBroken;
            secrets = from.secrets;
            agent = from.agent;
            supported = from.supported;
            forced = from.forced;
        }

        BootstrapParams made() {
            return new BootstrapParams(
                    base,
                    constraints,
                    placement,
                    storagePools,
                    cloudConfig,
                    timeout,
                    hostKeyRotation,
                    keepBroken,
                    secrets,
                    agent,
                    supported,
                    forced);
        }
    }
}
