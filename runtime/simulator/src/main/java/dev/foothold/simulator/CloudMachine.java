package dev.foothold.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Shows an instance as the API saw it at one moment.
 *
 * @param id {@code i-} and hexadecimal digits
 * @param status what it was doing
 * @param message why it failed; empty for every other status
 * @param zone the name of its zone
 * @param type the name of its offering
 * @param image the id of its image
 * @param arch its processor architecture
 * @param cores its number of cores
 * @param memMiB its memory in MiB
 * @param rootDiskGiB its root disk in GiB
 * @param addresses where it can be reached; empty while it is pending
 * @param tags what it was tagged with at its launch
 * @param launchTime when it was accepted
 * @param token the idempotency token of its launch; empty if there was none
 */
public record CloudMachine(
        String id,
        MachineStatus status,
        String message,
        String zone,
        String type,
        String image,
        String arch,
        int cores,
        int memMiB,
        int rootDiskGiB,
        List<Address> addresses,
        Map<String, String> tags,
        Instant launchTime,
        String token) {}
