package dev.foothold.bootstrap;

import dev.foothold.instance.InstanceId;
import dev.foothold.time.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Says why a machine is still being waited for.
 *
 * @param instance the machine
 * @param waited for how long it has been waited for
 * @param left how much of the time is left
 * @param addresses what each address answered last; those that the cloud lists come first
 * @param refreshFailure why the addresses could not be read the last time; empty if they could
 */
public record WaitReport(
        InstanceId instance, Duration waited, Duration left, List<AddressVerdict> addresses, String refreshFailure) {

    /**
     * Copies the list.
     *
     * @param instance the machine
     * @param waited for how long it has been waited for
     * @param left how much of the time is left
     * @param addresses what each address answered last
     * @param refreshFailure why the addresses could not be read the last time, or empty
     */
    public WaitReport {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(waited, "waited");
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(refreshFailure, "refreshFailure");
        addresses = List.copyOf(addresses);
    }

    /**
     * Describes the wait for people.
     *
     * @return for example {@code waited 12s for instance i-7 (19m48s left): 198.51.100.7:22: cannot connect: Connection
     *     refused}
     */
    public String describe() {
        return "waited " + DurationText.of(waited) + " for instance " + instance + " (" + DurationText.of(left)
                + " left): " + reasons();
    }

    /** Names the reasons, without how long they have lasted. */
    String reasons() {
        String all = addresses.isEmpty()
                ? "it has no addresses yet"
                : addresses.stream().map(AddressVerdict::describe).collect(Collectors.joining("; "));
        return all + refreshing();
    }

    /** Says why the addresses could not be read; empty if they could. */
    String refreshing() {
        return refreshFailure.isEmpty() ? "" : "; its addresses could not be read again: " + refreshFailure;
    }
}
