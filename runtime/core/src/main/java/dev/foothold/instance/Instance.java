package dev.foothold.instance;

import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a cloud says about one instance at one moment. Made by a provider's author:
 *
 * <pre>{@code
 * Instance.of("i-1", InstanceStatus.RUNNING).in("a").at(addresses).tagged(tags)
 * }</pre>
 *
 * @param id the cloud's name for it
 * @param status what the cloud reports
 * @param statusMessage what the cloud adds to the status; empty if nothing
 * @param addresses where it can be reached, as far as known yet
 * @param zoneName the availability zone it is in, or null if the cloud has none or does not tell
 * @param hardware what it is made of
 * @param tags what the cloud keeps with it
 * @param launchTime when it was started, or null if the cloud does not tell
 * @param hostKeys the public keys of its SSH server, as lines of a {@code .pub} file; empty if the cloud does not know
 *     them (yet). Needed only of machines that take no user data, see {@link dev.foothold.environ.Environ#userData()}
 */
public record Instance(
        InstanceId id,
        InstanceStatus status,
        String statusMessage,
        List<MachineAddress> addresses,
        @Nullable String zoneName,
        HardwareCharacteristics hardware,
        Tags tags,
        @Nullable Instant launchTime,
        List<String> hostKeys) {

    /**
     * Copies the lists.
     *
     * @param id the cloud's name for it
     * @param status what the cloud reports
     * @param statusMessage what the cloud adds to the status
     * @param addresses where it can be reached, as far as known yet
     * @param zoneName the availability zone it is in, or null if the cloud has none or does not tell
     * @param hardware what it is made of
     * @param tags what the cloud keeps with it
     * @param launchTime when it was started, or null if the cloud does not tell
     * @param hostKeys the public keys of its SSH server
     */
    public Instance {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(statusMessage, "statusMessage");
        Objects.requireNonNull(hardware, "hardware");
        Objects.requireNonNull(tags, "tags");
        addresses = List.copyOf(addresses);
        hostKeys = List.copyOf(hostKeys);
    }

    /**
     * Creates a snapshot without host keys.
     *
     * @param id the cloud's name for it
     * @param status what the cloud reports
     * @param statusMessage what the cloud adds to the status
     * @param addresses where it can be reached, as far as known yet
     * @param zoneName the availability zone it is in, or null if the cloud has none or does not tell
     * @param hardware what it is made of
     * @param tags what the cloud keeps with it
     * @param launchTime when it was started, or null if the cloud does not tell
     */
    public Instance(
            InstanceId id,
            InstanceStatus status,
            String statusMessage,
            List<MachineAddress> addresses,
            @Nullable String zoneName,
            HardwareCharacteristics hardware,
            Tags tags,
            @Nullable Instant launchTime) {
        this(id, status, statusMessage, addresses, zoneName, hardware, tags, launchTime, List.of());
    }

    /**
     * Starts a snapshot.
     *
     * @param id the cloud's name for the instance
     * @param status what the cloud reports
     * @return a snapshot that knows no more than that
     */
    public static Instance of(InstanceId id, InstanceStatus status) {
        return new Instance(id, status, "", List.of(), null, HardwareCharacteristics.unknown(), Tags.none(), null);
    }

    /**
     * Starts a snapshot.
     *
     * @param id the cloud's name for the instance
     * @param status what the cloud reports
     * @return a snapshot that knows no more than that
     * @throws IllegalArgumentException if the id is blank
     */
    public static Instance of(String id, InstanceStatus status) {
        return of(InstanceId.of(id), status);
    }

    /**
     * Sets what the cloud adds to the status.
     *
     * @param message plain text
     * @return the changed copy
     */
    public Instance saying(String message) {
        return new Instance(id, status, message, addresses, zoneName, hardware, tags, launchTime, hostKeys);
    }

    /**
     * Sets the addresses.
     *
     * @param where all addresses known
     * @return the changed copy
     */
    public Instance at(List<MachineAddress> where) {
        return new Instance(id, status, statusMessage, where, zoneName, hardware, tags, launchTime, hostKeys);
    }

    /**
     * Sets the addresses.
     *
     * @param where all addresses known
     * @return the changed copy
     */
    public Instance at(MachineAddress... where) {
        return at(List.of(where));
    }

    /**
     * Sets the availability zone.
     *
     * @param zone the zone's name
     * @return the changed copy
     */
    public Instance in(@Nullable String zone) {
        return new Instance(id, status, statusMessage, addresses, zone, hardware, tags, launchTime, hostKeys);
    }

    /**
     * Sets what the instance is made of.
     *
     * @param made the hardware
     * @return the changed copy
     */
    public Instance with(HardwareCharacteristics made) {
        return new Instance(id, status, statusMessage, addresses, zoneName, made, tags, launchTime, hostKeys);
    }

    /**
     * Sets the tags.
     *
     * @param all what the cloud keeps with it
     * @return the changed copy
     */
    public Instance tagged(Tags all) {
        return new Instance(id, status, statusMessage, addresses, zoneName, hardware, all, launchTime, hostKeys);
    }

    /**
     * Sets when the instance was started.
     *
     * @param when the moment
     * @return the changed copy
     */
    public Instance launchedAt(@Nullable Instant when) {
        return new Instance(id, status, statusMessage, addresses, zoneName, hardware, tags, when, hostKeys);
    }

    /**
     * Sets the public keys of its SSH server.
     *
     * @param lines keys as lines of a {@code .pub} file, {@code ssh-ed25519 AAAA…}
     * @return the changed copy
     */
    public Instance showing(List<String> lines) {
        return new Instance(id, status, statusMessage, addresses, zoneName, hardware, tags, launchTime, lines);
    }

    /**
     * Gives the availability zone.
     *
     * @return the zone's name; empty if there is none, it is not known, or the cloud gave an empty text
     */
    public Optional<String> zone() {
        return Optional.ofNullable(zoneName).filter(zone -> !zone.isEmpty());
    }

    /**
     * Tells whether the instance is running, as far as the cloud can see.
     *
     * @return true for {@link InstanceStatus#RUNNING} only
     */
    public boolean isRunning() {
        return status == InstanceStatus.RUNNING;
    }
}
