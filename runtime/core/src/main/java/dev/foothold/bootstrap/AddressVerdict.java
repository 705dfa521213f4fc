package dev.foothold.bootstrap;

import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Says what became of one address of a machine so far.
 *
 * @param address where the machine was tried
 * @param verdict how far the last attempt came
 * @param reason what exactly happened, beginning with the address; one or more lines
 * @param isFinal whether the address is given up
 * @param isListed whether the cloud still lists the address; if not, it is not tried any more
 * @param left how long the verdict may last until the address, or the whole wait, is given up; zero if it is
 * @param firstBoot what the machine said about its first boot, if we got in and had to wait; else empty
 */
public record AddressVerdict(
        MachineAddress address,
        Verdict verdict,
        String reason,
        boolean isFinal,
        boolean isListed,
        Duration left,
        String firstBoot) {

    /**
     * Creates a verdict.
     *
     * @param address where the machine was tried
     * @param verdict how far the last attempt came
     * @param reason what exactly happened
     * @param isFinal whether the address is given up
     * @param isListed whether the cloud still lists the address
     * @param left how long the verdict may last
     * @param firstBoot what the machine said about its first boot, or empty
     */
    public AddressVerdict {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(firstBoot, "firstBoot");
    }

    /**
     * Describes the verdict for messages.
     *
     * @return the reason, whether the address is still listed, and what the machine said about its first boot
     */
    public String describe() {
        return reason + (isListed ? "" : " (no longer listed)") + (firstBoot.isEmpty() ? "" : "; " + firstBoot);
    }
}
