package dev.foothold.event;

import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what happened, and when. A {@code switch} over events needs a default: further ones may be added.
 *
 * <p>No event holds a secret.
 */
public sealed interface Event {

    /**
     * Says when it happened.
     *
     * @return the moment, on the timeline of the operation
     */
    Instant at();

    /**
     * An operation on a model has begun.
     *
     * @param at when
     * @param operation what is done, for example {@code bootstrap}
     * @param model the model's name
     */
    record OperationStarted(Instant at, String operation, String model) implements Event {}

    /**
     * An operation on a model has ended well.
     *
     * @param at when
     * @param operation what was done
     * @param model the model's name
     * @param elapsed how long it took
     */
    record OperationSucceeded(Instant at, String operation, String model, Duration elapsed) implements Event {}

    /**
     * An operation on a model has failed; the exception itself is thrown to the caller.
     *
     * @param at when
     * @param operation what was tried
     * @param model the model's name
     * @param reason the message of the failure
     */
    record OperationFailed(Instant at, String operation, String model, String reason) implements Event {}

    /**
     * The cloud is asked for an instance.
     *
     * @param at when
     * @param zone the availability zone, or null if the cloud has none
     * @param description what is asked for, for example {@code small, ubuntu-24.04}
     */
    record InstanceRequested(Instant at, @Nullable String zone, String description) implements Event {}

    /**
     * The cloud refused an instance in a zone; another zone is tried if there is one.
     *
     * @param at when
     * @param zone the availability zone, or null if the cloud has none
     * @param reason what the cloud said
     */
    record InstanceRefused(Instant at, @Nullable String zone, String reason) implements Event {}

    /**
     * The cloud has accepted an instance.
     *
     * @param at when
     * @param instance what is known about it
     */
    record InstanceStarted(Instant at, Instance instance) implements Event {}

    /**
     * An instance has been stopped.
     *
     * @param at when
     * @param id the instance
     */
    record InstanceStopped(Instant at, InstanceId id) implements Event {}

    /**
     * An address is tried for the first time.
     *
     * @param at when
     * @param id the instance
     * @param address where it may answer
     */
    record Connecting(Instant at, InstanceId id, MachineAddress address) implements Event {}

    /**
     * An address answered differently than before, but not as hoped.
     *
     * @param at when
     * @param address where it was tried
     * @param verdict what it answered
     * @param left how much of the time to wait is left
     */
    record NotYet(Instant at, MachineAddress address, String verdict, Duration left) implements Event {}

    /**
     * The machine has proved itself and can be worked on.
     *
     * @param at when
     * @param address where it was reached
     * @param waited how long that took
     */
    record Connected(Instant at, MachineAddress address, Duration waited) implements Event {}

    /**
     * The configuration script begins to run on the machine.
     *
     * @param at when
     * @param address the machine
     */
    record ScriptStarted(Instant at, MachineAddress address) implements Event {}

    /**
     * The machine has written a line.
     *
     * @param at when
     * @param line without its line break
     */
    record MachineOutput(Instant at, String line) implements Event {}

    /**
     * The configuration script has succeeded.
     *
     * @param at when
     * @param address the machine
     * @param elapsed how long it ran
     */
    record ScriptSucceeded(Instant at, MachineAddress address, Duration elapsed) implements Event {}

    /**
     * What was done is taken back.
     *
     * @param at when
     * @param reason why
     */
    record RollbackStarted(Instant at, String reason) implements Event {}

    /**
     * The taking back has ended.
     *
     * @param at when
     * @param left what could not be taken back; empty if nothing is left
     */
    record RollbackEnded(Instant at, List<String> left) implements Event {

        /**
         * Copies the list.
         *
         * @param at when
         * @param left what could not be taken back
         */
        public RollbackEnded {
            left = List.copyOf(left);
        }
    }

    /**
     * A call to the author's environ has ended.
     *
     * @param at when
     * @param operation the method
     * @param elapsed how long it took
     * @param failure the message of what it threw; null if it went well
     */
    record CallEnded(
            Instant at,
            String operation,
            Duration elapsed,
            @Nullable String failure) implements Event {}
}
