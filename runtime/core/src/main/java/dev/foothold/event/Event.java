package dev.foothold.event;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialOutcome;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.network.MachineAddress;
import dev.foothold.redact.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what happened, and when. A {@code switch} over events needs a default: further ones may be added.
 *
 * <p>No event is made of a secret, and words of others (clouds, servers, machines) have passed through the operation's
 * {@link Redactor}.
 */
public sealed interface Event {

    /**
     * Says when it happened.
     *
     * @return the moment, on the timeline of the operation
     */
    Instant at();

    /**
     * Says which operation on which model it belongs to.
     *
     * @return the origin
     */
    Origin origin();

    /**
     * Gives the event without secrets that others may have put into their words. The output of a machine has passed
     * through a redactor as a stream, before it was cut into lines, and stays as it is.
     *
     * @param redactor knows the secrets
     * @return the changed copy; the event itself if nothing in it is of others
     */
    default Event redacted(Redactor redactor) {
        return this;
    }

    /**
     * Names an operation on a model.
     *
     * @param model the model's name
     * @param operation what is done, for example {@code bootstrap}; empty for a single call outside of operations
     * @param operationId the operation's id, which is also the tag on what it makes; empty if there is none
     */
    record Origin(String model, String operation, String operationId) {}

    /**
     * A setting that a provider was opened with is still accepted, but should be changed.
     *
     * @param at when
     * @param origin the model, and {@code open} as the operation
     * @param setting the key and where it was found, for example {@code wait (acme.yaml, line 3)}
     * @param advice what to do; no value is in it
     */
    record SettingDeprecated(Instant at, Origin origin, String setting, String advice) implements Event {}

    /**
     * An operation on a model has begun.
     *
     * @param at when
     * @param origin which operation on which model
     */
    record OperationStarted(Instant at, Origin origin) implements Event {}

    /**
     * An operation on a model has ended well.
     *
     * @param at when
     * @param origin which operation on which model
     * @param elapsed how long it took
     */
    record OperationSucceeded(Instant at, Origin origin, Duration elapsed) implements Event {}

    /**
     * An operation on a model has failed; the exception itself is thrown to the caller.
     *
     * @param at when
     * @param origin which operation on which model
     * @param reason the message of the failure
     */
    record OperationFailed(Instant at, Origin origin, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new OperationFailed(at, origin, redactor.redact(reason));
        }
    }

    /**
     * Some of what a machine has to be has no effect in the cloud; it is started all the same.
     *
     * @param at when
     * @param origin which operation on which model
     * @param names the constraints without effect, for example {@code tags}
     */
    record ConstraintsUnsupported(Instant at, Origin origin, List<String> names) implements Event {

        /**
         * Copies the list.
         *
         * @param at when
         * @param origin which operation on which model
         * @param names the constraints without effect
         */
        public ConstraintsUnsupported {
            names = List.copyOf(names);
        }
    }

    /**
     * The cloud is asked for an instance.
     *
     * @param at when
     * @param origin which operation on which model
     * @param zone the availability zone, or null if the cloud has none
     * @param description what is asked for, for example {@code small, ubuntu-24.04}
     */
    record InstanceRequested(
            Instant at, Origin origin, @Nullable String zone, String description) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new InstanceRequested(at, origin, zone, redactor.redact(description));
        }
    }

    /**
     * The cloud refused an instance in a zone; another zone is tried if there is one.
     *
     * @param at when
     * @param origin which operation on which model
     * @param zone the availability zone, or null if the cloud has none
     * @param reason what the cloud said
     */
    record InstanceRefused(
            Instant at, Origin origin, @Nullable String zone, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new InstanceRefused(at, origin, zone, redactor.redact(reason));
        }
    }

    /**
     * The cloud has accepted an instance.
     *
     * @param at when
     * @param origin which operation on which model
     * @param instance what is known about it
     */
    record InstanceStarted(Instant at, Origin origin, Instance instance) implements Event {}

    /**
     * An instance has been stopped.
     *
     * @param at when
     * @param origin which operation on which model
     * @param id the instance
     */
    record InstanceStopped(Instant at, Origin origin, InstanceId id) implements Event {}

    /**
     * Things are going to be removed; told once for every kind.
     *
     * @param at when
     * @param origin which operation on which model
     * @param kind what they are, for example {@code instance} or {@code volume}
     * @param count how many are known
     */
    record Removing(Instant at, Origin origin, String kind, int count) implements Event {}

    /**
     * The cloud has accepted that something other than an instance is deleted.
     *
     * @param at when
     * @param origin which operation on which model
     * @param kind what it is, for example {@code volume}
     * @param id the cloud's name for it
     */
    record ResourceDeleted(Instant at, Origin origin, String kind, String id) implements Event {}

    /**
     * The machine is waited for: until it has an address, answers there and proves itself.
     *
     * @param at when
     * @param origin which operation on which model
     * @param id the instance
     * @param timeout the longest time that takes
     */
    record WaitStarted(Instant at, Origin origin, InstanceId id, Duration timeout) implements Event {}

    /**
     * An address is tried for the first time.
     *
     * @param at when
     * @param origin which operation on which model
     * @param id the instance
     * @param address where it may answer
     */
    record Connecting(Instant at, Origin origin, InstanceId id, MachineAddress address) implements Event {}

    /**
     * An address answered differently than before, but not as hoped.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address where it was tried
     * @param verdict what it answered
     * @param left how much of the time to wait is left
     */
    record NotYet(Instant at, Origin origin, MachineAddress address, String verdict, Duration left) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new NotYet(at, origin, address, redactor.redact(verdict), left);
        }
    }

    /**
     * The machine has proved itself and can be worked on.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address where it was reached
     * @param waited how long that took
     */
    record Connected(Instant at, Origin origin, MachineAddress address, Duration waited) implements Event {}

    /**
     * The machine has made itself a new host key, which nobody else has seen, and proves itself with it from now on.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param fingerprint of the new key, as OpenSSH prints it
     */
    record HostKeyReplaced(Instant at, Origin origin, MachineAddress address, String fingerprint) implements Event {}

    /**
     * The machine keeps the host key that it was started with; who can read its user data can pretend to be it.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param reason why it has no new one
     */
    record HostKeyKept(Instant at, Origin origin, MachineAddress address, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new HostKeyKept(at, origin, address, redactor.redact(reason));
        }
    }

    /**
     * The configuration script begins to run on the machine.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     */
    record ScriptStarted(Instant at, Origin origin, MachineAddress address) implements Event {}

    /**
     * The machine has written a line.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param line without its line break
     */
    record MachineOutput(Instant at, Origin origin, MachineAddress address, String line) implements Event {}

    /**
     * The connection to a machine on which a script runs is lost; the script goes on, and the machine is called again.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param reason what happened to the connection
     */
    record ScriptConnectionLost(Instant at, Origin origin, MachineAddress address, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new ScriptConnectionLost(at, origin, address, redactor.redact(reason));
        }
    }

    /**
     * The machine is reached again; the output of the script goes on where it was left.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param offset how many bytes of the output have been passed on by now
     */
    record ScriptReattached(Instant at, Origin origin, MachineAddress address, long offset) implements Event {}

    /**
     * The script was started again from its beginning, because the machine had rebooted.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param start which start it is, 2 for the first one after a reboot
     */
    record ScriptRestarted(Instant at, Origin origin, MachineAddress address, int start) implements Event {}

    /**
     * The configuration script has succeeded.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param elapsed how long it ran
     */
    record ScriptSucceeded(Instant at, Origin origin, MachineAddress address, Duration elapsed) implements Event {}

    /**
     * The agent has been delivered to the machine, runs and is ready.
     *
     * @param at when
     * @param origin which operation on which model
     * @param address the machine
     * @param agent the agent's name
     * @param version the build
     * @param elapsed how long the delivery took
     */
    record AgentReady(Instant at, Origin origin, MachineAddress address, String agent, String version, Duration elapsed)
            implements Event {}

    /**
     * What was done is taken back.
     *
     * @param at when
     * @param origin which operation on which model
     * @param reason why
     */
    record RollbackStarted(Instant at, Origin origin, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new RollbackStarted(at, origin, redactor.redact(reason));
        }
    }

    /**
     * The taking back has ended.
     *
     * @param at when
     * @param origin which operation on which model
     * @param left what could not be taken back; empty if nothing is left
     * @param remedy the call that removes it; empty if nothing is left
     */
    record RollbackEnded(Instant at, Origin origin, List<String> left, String remedy) implements Event {

        /**
         * Copies the list.
         *
         * @param at when
         * @param origin which operation on which model
         * @param left what could not be taken back
         * @param remedy the call that removes it
         */
        public RollbackEnded {
            left = List.copyOf(left);
        }

        @Override
        public Event redacted(Redactor redactor) {
            return new RollbackEnded(
                    at, origin, left.stream().map(redactor::redact).toList(), redactor.redact(remedy));
        }
    }

    /**
     * The caller was interrupted while what was done is taken back. The taking back goes on; one more interrupt ends it.
     *
     * @param at when
     * @param origin which operation on which model
     * @param abandons what would be left behind
     */
    record RollbackInterrupted(Instant at, Origin origin, List<String> abandons) implements Event {

        /**
         * Copies the list.
         *
         * @param at when
         * @param origin which operation on which model
         * @param abandons what would be left behind
         */
        public RollbackInterrupted {
            abandons = List.copyOf(abandons);
        }

        @Override
        public Event redacted(Redactor redactor) {
            return new RollbackInterrupted(
                    at, origin, abandons.stream().map(redactor::redact).toList());
        }
    }

    /**
     * The operation has failed, and its machine was left as it is, as was asked for.
     *
     * @param at when
     * @param origin which operation on which model
     * @param id the instance
     * @param reach a command that logs in to it, or why there is none
     * @param remedy the call that removes it
     */
    record MachineKept(Instant at, Origin origin, InstanceId id, String reach, String remedy) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new MachineKept(at, origin, id, redactor.redact(reach), remedy);
        }
    }

    /**
     * An operation that has not ended stands in the way, and it is not known whether its process is alive.
     *
     * @param at when
     * @param origin which operation on which model
     * @param holder the operation and its process
     * @param longest how long its heartbeat is watched before it counts as dead
     */
    record HeartbeatWatched(Instant at, Origin origin, String holder, Duration longest) implements Event {}

    /**
     * What an operation has left whose process has died is continued.
     *
     * @param at when
     * @param origin the operation that is continued
     * @param from from where on
     */
    record OperationResumed(Instant at, Origin origin, String from) implements Event {}

    /**
     * The operation was taken over by another process and takes no further step.
     *
     * @param at when
     * @param origin which operation on which model
     * @param reason who has taken it over
     */
    record OperationLost(Instant at, Origin origin, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new OperationLost(at, origin, redactor.redact(reason));
        }
    }

    /**
     * The cloud has refused a call for now; it is made again after a pause.
     *
     * @param at when
     * @param origin which operation on which model
     * @param operation the method
     * @param attempt how often the call has been made by now, 1 after the first time
     * @param pause how long it waits before the call is made again, at least
     * @param reason what the cloud said
     */
    record CallDelayed(Instant at, Origin origin, String operation, int attempt, Duration pause, String reason)
            implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new CallDelayed(at, origin, operation, attempt, pause, redactor.redact(reason));
        }
    }

    /**
     * The cloud has denied access.
     *
     * @param at when
     * @param origin which operation on which model
     * @param operation the method that was called
     * @param outcome what that means for the credential
     * @param reason what the cloud said
     * @param action the action that was denied, or null if it is not known
     * @param requestId the cloud's id of the request, or null if it is not known
     */
    record CredentialDenied(
            Instant at,
            Origin origin,
            String operation,
            CredentialOutcome outcome,
            String reason,
            @Nullable String action,
            @Nullable String requestId)
            implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new CredentialDenied(at, origin, operation, outcome, redactor.redact(reason), action, requestId);
        }
    }

    /**
     * A warning: the cloud does not accept the credential, but where it is kept it could not be taken out of use.
     *
     * @param at when
     * @param origin which operation on which model
     * @param reason what failed
     */
    record CredentialNotInvalidated(Instant at, Origin origin, String reason) implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new CredentialNotInvalidated(at, origin, redactor.redact(reason));
        }
    }

    /**
     * A call to the author's environ has ended.
     *
     * @param at when
     * @param origin which operation on which model
     * @param operation the method
     * @param elapsed how long it took, with all pauses
     * @param attempts how often it was made; 0 if it was given up before
     * @param failure the message of what it threw; null if it went well
     * @param kind what the failure means; null if it went well, or if the cloud did not say it
     * @param requestId the cloud's id of the request that failed; null if it went well or is not known
     */
    record CallEnded(
            Instant at,
            Origin origin,
            String operation,
            Duration elapsed,
            int attempts,
            @Nullable String failure,
            CloudException.@Nullable Kind kind,
            @Nullable String requestId)
            implements Event {

        @Override
        public Event redacted(Redactor redactor) {
            return new CallEnded(
                    at,
                    origin,
                    operation,
                    elapsed,
                    attempts,
                    failure == null ? null : redactor.redact(failure),
                    kind,
                    requestId);
        }
    }
}
