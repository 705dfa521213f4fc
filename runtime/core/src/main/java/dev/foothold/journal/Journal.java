package dev.foothold.journal;

import dev.foothold.journal.Holder.Life;
import dev.foothold.journal.RecordText.BadRecordException;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import dev.foothold.time.Stopwatch;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the record of the one operation that may work on a model at a time: an object in the state store, made where
 * there was none and changed only from one version to the next, so that of several operations one gets the model.
 * Thread-safe.
 */
public final class Journal {

    private static final String OBJECT = "operation";

    /** How often a heartbeat is looked for within a period. */
    private static final int LOOKS = 4;

    private final StateStore store;
    private final String model;
    private final String name;
    private final Timeline timeline;
    private final Pulse pulse;
    private volatile @Nullable Understood last;

    /**
     * Opens a model's journal; the store is not touched.
     *
     * @param store where the record is kept, as {@code <model>/operation}
     * @param model the model's name
     * @param timeline the way to wait
     * @param pulse how this process shows that it lives, and judges others
     */
    public Journal(StateStore store, String model, Timeline timeline, Pulse pulse) {
        this.store = Objects.requireNonNull(store, "store");
        this.model = Objects.requireNonNull(model, "model");
        this.name = nameOf(model);
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        this.pulse = Objects.requireNonNull(pulse, "pulse");
    }

    /**
     * Gives the name of the object that holds a model's record.
     *
     * @param model the model's name
     * @return {@code <model>/operation}
     */
    public static String nameOf(String model) {
        return model + "/" + OBJECT;
    }

    /**
     * Reads the record of the operation that has not ended. It may be under way.
     *
     * @return empty if there is none
     * @throws StateException if the record cannot be read, is malformed or was written by a newer version
     */
    public Optional<OperationRecord> unfinished() {
        return look().map(Seen::record);
    }

    /**
     * Claims the model for a new operation.
     *
     * @param id the operation's id
     * @param kind what is done, for example {@code bootstrap}
     * @param fingerprint stands for what was asked for, to be compared by the next run if this one dies; may be empty
     * @return the claim
     * @throws OperationInProgressException if the model is claimed
     * @throws StateException if the record cannot be read or written
     */
    public Operation claim(String id, String kind, String fingerprint) {
        OperationRecord record = OperationRecord.begin(id, kind, newClaim(), pulse, fingerprint, timeline.now());
        if (write("claim", null, record)) {
            return new Operation(this, record, false);
        }
        throw look().map(seen -> inProgress(seen.record()))
                .orElseGet(() -> new OperationInProgressException("model \"" + model
                        + "\" was being worked on by an operation that has ended just now; try again"));
    }

    /**
     * Takes over the operation that has not ended, to continue it or to take it back. Its holder must have died; where
     * that cannot be proved, its heartbeat is watched for as long as {@link Pulse} says.
     *
     * @param waiting is told, before the heartbeat is watched, of the record and the longest time that takes
     * @return the operation, which is ours now and has its old id; empty if it has ended meanwhile
     * @throws OperationInProgressException if its holder is alive, or another process was faster
     * @throws StateException if the record cannot be read or written
     * @throws InterruptedException if the caller was interrupted; nothing was taken over
     */
    public Optional<Operation> takeOver(Watcher waiting) throws InterruptedException {
        Optional<Seen> seen = look();
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        OperationRecord record = seen.get().record();
        Life life = life(record);
        if (life == Life.ALIVE && isFresh(record)) {
            throw inProgress(record);
        }
        if (life != Life.GONE) {
            Duration patience = record.period().multipliedBy(Pulse.PERIODS);
            waiting.watches(record, patience);
            if (!standsStill(seen.get(), patience)) {
                Optional<Seen> now = look();
                if (now.isEmpty()) {
                    return Optional.empty();
                }
                throw inProgress(now.get().record());
            }
        }
        OperationRecord ours =
                record.heldBy(newClaim(), pulse.holder(), pulse.period()).beaten(timeline.now());
        if (write("take over", seen.get().version(), ours)) {
            return Optional.of(new Operation(this, ours, true));
        }
        Optional<Seen> faster = look();
        if (faster.isEmpty()) {
            return Optional.empty();
        }
        throw inProgress(faster.get().record());
    }

    /**
     * Claims the model whoever has claimed it before, for an operation that ends all others: destroying the model. What
     * the operation before has made stays on record. Its holder, if it is alive, finds out before its next effect.
     *
     * @param id the new operation's id
     * @param kind what is done, for example {@code destroy}
     * @return the claim
     * @throws StateException if the record cannot be read or written, is malformed or was written by a newer version;
     *     nothing was changed
     */
    public Operation supersede(String id, String kind) {
        while (true) {
            Optional<Seen> seen = look();
            OperationRecord record = seen.map(old -> old.record()
                            .supersededBy(id, kind, timeline.now())
                            .heldBy(newClaim(), pulse.holder(), pulse.period())
                            .beaten(timeline.now()))
                    .orElseGet(() -> OperationRecord.begin(id, kind, newClaim(), pulse, "", timeline.now()));
            if (write("take over", seen.map(Seen::version).orElse(null), record)) {
                return new Operation(this, record, seen.isPresent());
            }
        }
    }

    /**
     * Says what can be told at once about the holder of a record.
     *
     * @param record the record
     * @return gone also if the operation was given up
     */
    public Life life(OperationRecord record) {
        Holder holder = record.holder();
        return holder == null ? Life.GONE : pulse.judge().apply(holder);
    }

    /**
     * Describes a record and what is known about its holder.
     *
     * @param record the record
     * @return a text for messages, without a stop at its end
     */
    public String describe(OperationRecord record) {
        String text = record.describe(timeline.now());
        if (record.holder() == null) {
            return text;
        }
        return text
                + switch (life(record)) {
                    case ALIVE -> isFresh(record) ? "; it is alive" : "; the process runs, but its heart has stopped";
                    case GONE -> "; the process has ended";
                    case UNKNOWN ->
                        isFresh(record) ? "; it seems to be alive" : "; whether it is alive cannot be told from here";
                };
    }

    /** Is told why it takes a while. */
    @FunctionalInterface
    public interface Watcher {

        /**
         * Is called before a heartbeat is watched.
         *
         * @param record whose heartbeat
         * @param longest how long it takes if there is none
         */
        void watches(OperationRecord record, Duration longest);
    }

    /** A record and the version of the object it was read from. */
    record Seen(OperationRecord record, String version) {}

    /** What was read and understood last: most of the time, the record is looked at only to see that it is the same. */
    private record Understood(StoredObject object, Seen seen) {

        private boolean isStill(StoredObject other) {
            return object.version().equals(other.version()) && Arrays.equals(object.bytes(), other.bytes());
        }
    }

    Optional<Seen> look() {
        try {
            Optional<StoredObject> there = store.read(name);
            if (there.isEmpty()) {
                return Optional.empty();
            }
            Understood before = last;
            if (before == null || !before.isStill(there.get())) {
                before = new Understood(there.get(), seen(there.get()));
                last = before;
            }
            return Optional.of(before.seen);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private Seen seen(StoredObject object) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(object.bytes()))
                    .toString();
            return new Seen(RecordText.parse(text), object.version());
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8; restore it, or remove it if no operation is under way", 0, e);
        } catch (BadRecordException e) {
            throw malformed(String.valueOf(e.getMessage()), e.line(), e);
        }
    }

    private StateException malformed(String what, int line, Exception cause) {
        return new StateException(
                "the record of an operation on model \"" + model + "\" at " + store.locate(name) + " cannot be used: "
                        + what + "; nothing was changed",
                store.locate(name),
                line,
                cause);
    }

    /** Writes a record in place of a version, or where there is none (null). */
    boolean write(String what, @Nullable String expected, OperationRecord record) {
        return set(what, expected, RecordText.render(record).getBytes(StandardCharsets.UTF_8));
    }

    boolean remove(String expected) {
        return set("give up", expected, null);
    }

    private boolean set(String what, @Nullable String expected, byte @Nullable [] bytes) {
        try {
            return store.compareAndSet(name, expected, bytes);
        } catch (IOException e) {
            throw failed(what, e);
        }
    }

    private StateException failed(String what, IOException cause) {
        return new StateException(
                "cannot " + what + " the operation on model \"" + model + "\" at " + store.locate(name) + ": "
                        + cause.getMessage(),
                store.locate(name),
                0,
                cause);
    }

    OperationLostException lost(String id, Optional<OperationRecord> there) {
        return new OperationLostException(
                "this operation on model \"" + model + "\" was ended by another one"
                        + there.map(record -> ": " + describe(record)).orElse(", which has ended meanwhile")
                        + " (" + store.locate(name) + "); it takes no further step",
                there.filter(record -> record.id().equals(id)).isPresent());
    }

    Timeline timeline() {
        return timeline;
    }

    Pulse pulse() {
        return pulse;
    }

    private OperationInProgressException inProgress(OperationRecord record) {
        return new OperationInProgressException("model \"" + model + "\" is being worked on: " + describe(record) + " ("
                + store.locate(name) + "); wait for it, or destroy the model to end it");
    }

    /** Tells whether a heartbeat that can be believed is young. Never proves a death: clocks differ. */
    private boolean isFresh(OperationRecord record) {
        Duration age = Duration.between(record.heartbeat(), timeline.now());
        return !age.isNegative() && age.compareTo(record.period().multipliedBy(Pulse.PERIODS)) < 0;
    }

    /** Watches a record by a clock of our own that nobody can set. */
    private boolean standsStill(Seen seen, Duration patience) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(timeline);
        Duration pause = seen.record().period().dividedBy(LOOKS);
        while (watch.elapsed().compareTo(patience) < 0) {
            timeline.sleep(pause);
            Optional<Seen> now = look();
            if (now.isEmpty()
                    || now.get().record().beats() != seen.record().beats()
                    || !now.get().record().claim().equals(seen.record().claim())) {
                return false;
            }
        }
        return true;
    }

    private static String newClaim() {
        return UUID.randomUUID().toString();
    }
}
