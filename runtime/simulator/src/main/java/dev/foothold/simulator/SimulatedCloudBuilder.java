package dev.foothold.simulator;

import dev.foothold.simulator.machine.Isolation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Describes a cloud before it exists. Everything has a default: one zone {@code a}; offerings {@code small},
 * {@code medium} and {@code large}; images of Ubuntu 24.04 and 22.04 and Debian 12; real machines, real time, no
 * latency and no delays. Not safe for use by several threads.
 */
public final class SimulatedCloudBuilder {
    private static final String ARCH = hostArch();

    final Map<String, Zone> zones = new LinkedHashMap<>(Map.of("a", new Zone("a", true)));
    final Map<String, Offering> offerings = new LinkedHashMap<>();
    final Map<String, Image> images = new LinkedHashMap<>();
    SimulatorClock clock = SimulatorClock.REAL;
    Duration latency = Duration.ZERO;
    Duration provisioningDelay = Duration.ZERO;
    Duration bootDelay = Duration.ZERO;
    Machines machines = Machines.REAL;

    @Nullable
    Isolation isolation;

    String loginUser = "ubuntu";
    int userDataLimit = 16 * 1024;
    int quota = Integer.MAX_VALUE;
    int sshPort = 2222;
    long seed = new Random().nextLong();

    SimulatedCloudBuilder() {
        offerings(List.of(
                new Offering("small", 1, 1024, 8, ARCH),
                new Offering("medium", 2, 4096, 16, ARCH),
                new Offering("large", 4, 16384, 64, ARCH)));
        images(List.of(
                new Image("ubuntu-24.04", "ubuntu", "24.04", ARCH),
                new Image("ubuntu-22.04", "ubuntu", "22.04", ARCH),
                new Image("debian-12", "debian", "12", ARCH)));
    }

    private static String hostArch() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }

    /**
     * Replaces the zones by available ones of these names.
     *
     * @param names at least one
     * @return this builder
     */
    public SimulatedCloudBuilder zones(String... names) {
        return zones(List.of(names).stream().map(name -> new Zone(name, true)).toList());
    }

    /**
     * Replaces the zones.
     *
     * @param replacement at least one
     * @return this builder
     */
    public SimulatedCloudBuilder zones(List<Zone> replacement) {
        zones.clear();
        replacement.forEach(zone -> zones.put(zone.name(), zone));
        return this;
    }

    /**
     * Replaces the offerings, which by default have the architecture of this host.
     *
     * @param replacement at least one
     * @return this builder
     */
    public SimulatedCloudBuilder offerings(List<Offering> replacement) {
        offerings.clear();
        replacement.forEach(offering -> offerings.put(offering.name(), offering));
        return this;
    }

    /**
     * Replaces the images, which by default have the architecture of this host.
     *
     * @param replacement at least one
     * @return this builder
     */
    public SimulatedCloudBuilder images(List<Image> replacement) {
        images.clear();
        replacement.forEach(image -> images.put(image.id(), image));
        return this;
    }

    /**
     * Sets where the cloud gets its time from. The default is {@link SimulatorClock#REAL}.
     *
     * @param clock the source of time
     * @return this builder
     */
    public SimulatedCloudBuilder clock(SimulatorClock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets how long every call takes at least. The default is nothing.
     *
     * @param latency the time that a call waits before it does anything
     * @return this builder
     */
    public SimulatedCloudBuilder latency(Duration latency) {
        this.latency = latency;
        return this;
    }

    /**
     * Sets how long an instance is pending, without addresses. The default is nothing: it runs when next looked at.
     *
     * @param delay the time from acceptance to running
     * @return this builder
     */
    public SimulatedCloudBuilder provisioningDelay(Duration delay) {
        this.provisioningDelay = delay;
        return this;
    }

    /**
     * Sets how long a running instance takes before it begins with its user data. The default is nothing.
     *
     * @param delay the time from running, or from a reboot, to user data
     * @return this builder
     */
    public SimulatedCloudBuilder bootDelay(Duration delay) {
        this.bootDelay = delay;
        return this;
    }

    /**
     * Sets what stands behind instances. The default is {@link Machines#REAL}.
     *
     * @param machines real ones or none
     * @return this builder
     */
    public SimulatedCloudBuilder machines(Machines machines) {
        this.machines = machines;
        return this;
    }

    /**
     * Insists on how real machines are kept away from this host. By default the strongest that works here is taken;
     * root never gets less than {@link Isolation#PRIVATE_ROOT} without asking for it here.
     *
     * @param isolation what to insist on
     * @return this builder
     */
    public SimulatedCloudBuilder isolation(Isolation isolation) {
        this.isolation = isolation;
        return this;
    }

    /**
     * Sets the user that images let in. The default is {@code ubuntu}.
     *
     * @param name a login name
     * @return this builder
     */
    public SimulatedCloudBuilder loginUser(String name) {
        this.loginUser = name;
        return this;
    }

    /**
     * Sets how much user data an instance takes. The default is 16 KiB.
     *
     * @param bytes the limit
     * @return this builder
     */
    public SimulatedCloudBuilder userDataLimit(int bytes) {
        this.userDataLimit = bytes;
        return this;
    }

    /**
     * Sets how many instances there may be at a time. By default there is no limit.
     *
     * @param instances the limit
     * @return this builder
     */
    public SimulatedCloudBuilder quota(int instances) {
        this.quota = instances;
        return this;
    }

    /**
     * Sets the port of every machine's SSH server. The default is 2222. On hosts that have one loopback address only,
     * each machine gets a free port instead.
     *
     * @param port a port that this process may bind
     * @return this builder
     */
    public SimulatedCloudBuilder sshPort(int port) {
        this.sshPort = port;
        return this;
    }

    /**
     * Makes the ids of instances repeat themselves from run to run. By default they are random.
     *
     * @param seed what to derive ids from
     * @return this builder
     */
    public SimulatedCloudBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * Opens the cloud.
     *
     * @return a cloud, to be closed by the caller
     */
    public SimulatedCloud open() {
        return new SimulatedCloud(this);
    }
}
