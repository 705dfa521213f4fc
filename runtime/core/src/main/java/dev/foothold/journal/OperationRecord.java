package dev.foothold.journal;

import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import dev.foothold.time.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is written down about an operation that has not ended: who works on it, what it has asked the cloud for, and
 * what came of that. It holds no secret. Immutable.
 *
 * @param id the operation's id, which is also the tag on what it makes
 * @param kind what is done, for example {@code bootstrap}
 * @param claim differs for each claim and each taking over; text without meaning
 * @param holder who works on it; null if it was given up and waits for the next run
 * @param since when it began, by the clock of who began it
 * @param heartbeat when its holder last wrote it, by its holder's clock
 * @param beats how often it was written
 * @param period how often its holder writes it at least
 * @param fingerprint stands for what was asked for; empty if that does not matter
 * @param stage how far it is
 * @param proof where the machine was reached; empty before {@link Stage#PROVED}
 * @param starts every instance that the cloud was asked for, in order
 * @param resources what was made besides instances, in order
 */
public record OperationRecord(
        String id,
        String kind,
        String claim,
        @Nullable Holder holder,
        Instant since,
        Instant heartbeat,
        long beats,
        Duration period,
        String fingerprint,
        Stage stage,
        String proof,
        List<Start> starts,
        List<SideResource> resources) {

    /** Says how far an operation is. */
    public enum Stage {
        /** It is under way. */
        WORKING,
        /** All is done; only the end is not written yet. */
        PROVED,
        /** It is being taken back. */
        UNDOING
    }

    /** Says what came of asking for an instance. */
    public enum Outcome {
        /** Nothing is known: the answer is not there yet, or never came. There may be an instance. */
        ASKED,
        /** There is an instance. */
        STARTED,
        /** The cloud has refused; there is no instance. */
        REFUSED
    }

    /**
     * An instance that the cloud was asked for. Written before it is asked for, and again with the outcome.
     *
     * @param token the token of the call
     * @param zone the availability zone, or null if the cloud has none
     * @param outcome what came of it
     * @param instance the instance, or null if there is none or it is not known
     */
    public record Start(
            String token,
            @Nullable String zone,
            Outcome outcome,
            @Nullable InstanceId instance) {

        /**
         * Creates a start.
         *
         * @param token the token of the call
         * @param zone the availability zone, or null if the cloud has none
         * @param outcome what came of it
         * @param instance the instance, or null
         */
        public Start {
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * Something made besides an instance, for example a security group.
     *
     * @param kind what it is
     * @param id the cloud's name for it
     */
    public record SideResource(ResourceKind kind, String id) {

        /**
         * Creates a name.
         *
         * @param kind what it is
         * @param id the cloud's name for it
         */
        public SideResource {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Copies the lists.
     *
     * @param id the operation's id
     * @param kind what is done
     * @param claim differs for each claim and each taking over
     * @param holder who works on it, or null
     * @param since when it began
     * @param heartbeat when its holder last wrote it
     * @param beats how often it was written
     * @param period how often its holder writes it at least
     * @param fingerprint stands for what was asked for
     * @param stage how far it is
     * @param proof where the machine was reached, or empty
     * @param starts every instance that the cloud was asked for
     * @param resources what was made besides instances
     */
    public OperationRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(heartbeat, "heartbeat");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(proof, "proof");
        starts = List.copyOf(starts);
        resources = List.copyOf(resources);
    }

    static OperationRecord begin(String id, String kind, String claim, Pulse pulse, String fingerprint, Instant now) {
        return new OperationRecord(
                id,
                kind,
                claim,
                pulse.holder(),
                now,
                now,
                1,
                pulse.period(),
                fingerprint,
                Stage.WORKING,
                "",
                List.of(),
                List.of());
    }

    /** Writes a heartbeat. */
    OperationRecord beaten(Instant now) {
        return new OperationRecord(
                id, kind, claim, holder, since, now, beats + 1, period, fingerprint, stage, proof, starts, resources);
    }

    /** Gives it to a holder, or to nobody. */
    OperationRecord heldBy(String newClaim, @Nullable Holder newHolder, Duration newPeriod) {
        return new OperationRecord(
                id,
                kind,
                newClaim,
                newHolder,
                since,
                heartbeat,
                beats,
                newPeriod,
                fingerprint,
                stage,
                proof,
                starts,
                resources);
    }

    /** Makes another operation of it, which has to do with all that this one has made. */
    OperationRecord supersededBy(String newId, String newKind, Instant now) {
        return new OperationRecord(
                newId, newKind, claim, holder, now, heartbeat, beats, period, "", Stage.WORKING, "", starts, resources);
    }

    OperationRecord at(Stage newStage, String newProof) {
        return new OperationRecord(
                id,
                kind,
                claim,
                holder,
                since,
                heartbeat,
                beats,
                period,
                fingerprint,
                newStage,
                newProof,
                starts,
                resources);
    }

    /** Adds a start, or replaces the one of the same token. */
    OperationRecord with(Start start) {
        List<Start> changed = new ArrayList<>(starts);
        changed.removeIf(known -> known.token().equals(start.token()));
        changed.add(start);
        return new OperationRecord(
                id,
                kind,
                claim,
                holder,
                since,
                heartbeat,
                beats,
                period,
                fingerprint,
                stage,
                proof,
                changed,
                resources);
    }

    OperationRecord with(SideResource resource) {
        List<SideResource> changed = new ArrayList<>(resources);
        changed.remove(resource);
        changed.add(resource);
        return new OperationRecord(
                id, kind, claim, holder, since, heartbeat, beats, period, fingerprint, stage, proof, starts, changed);
    }

    /**
     * Names the instances that are known to have been started.
     *
     * @return their ids, in the order in which they were started
     */
    public List<InstanceId> instances() {
        return starts.stream()
                .flatMap(start -> Stream.ofNullable(start.instance()))
                .toList();
    }

    /**
     * Tells whether there may be an instance whose id is not known.
     *
     * @return true if a start was asked for of which nothing more is known
     */
    public boolean isDoubtful() {
        return starts.stream().anyMatch(start -> start.outcome() == Outcome.ASKED);
    }

    /**
     * Says who works on it.
     *
     * @return empty if it was given up and waits for the next run
     */
    public Optional<Holder> heldBy() {
        return Optional.ofNullable(holder);
    }

    /**
     * Describes operation and holder for messages.
     *
     * @param now the moment, to tell how old the heartbeat is
     * @return for example {@code bootstrap by process 4711 on host build-3 since 2026-01-01T00:00:00Z, heartbeat 3s old}
     */
    public String describe(Instant now) {
        Duration age = Duration.between(heartbeat, now);
        return kind
                + (holder == null ? ", given up, begun at " : " by " + holder.describe() + " since ")
                + since
                + ", heartbeat "
                + (age.isNegative() ? "in the future (clocks differ)" : DurationText.of(age) + " old");
    }
}
