package dev.foothold.journal;

import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Journal.Seen;
import dev.foothold.journal.OperationRecord.Outcome;
import dev.foothold.journal.OperationRecord.SideResource;
import dev.foothold.journal.OperationRecord.Stage;
import dev.foothold.journal.OperationRecord.Start;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds a model for one operation and writes down what that does. Every write is one from the version before, which only
 * the holder of the claim can make, and is a heartbeat: whoever has lost the claim can write nothing more and finds out
 * before its next effect. Thread-safe.
 *
 * <p>All methods that write throw {@link OperationLostException} if another operation has taken the model over, and
 * {@link dev.foothold.state.StateException} if the record cannot be read or written.
 */
public final class Operation {

    private final Journal journal;
    private final boolean predecessor;
    private volatile OperationRecord record;

    Operation(Journal journal, OperationRecord record, boolean predecessor) {
        this.journal = journal;
        this.record = record;
        this.predecessor = predecessor;
    }

    /**
     * Gives what was written last.
     *
     * @return the record
     */
    public OperationRecord record() {
        return record;
    }

    /**
     * Tells whether another run had begun before this one, and has left something to continue or to end.
     *
     * @return true if the record was taken over, false if there was none
     */
    public boolean hasPredecessor() {
        return predecessor;
    }

    /**
     * Makes sure, before something is done that others see, that the model is still held, and writes a heartbeat if the
     * last one is older than half a period.
     *
     * @throws OperationLostException if another operation has taken the model over; nothing may be done then
     */
    public void beat() {
        OperationRecord seen = held().record();
        Duration age = Duration.between(seen.heartbeat(), journal.timeline().now());
        if (age.isNegative() || age.multipliedBy(2).compareTo(seen.period()) >= 0) {
            write(same -> same);
        }
    }

    /**
     * Writes down, before it is asked for, that an instance will be asked for.
     *
     * @param token the token of the call
     * @param zone the availability zone, or null if the cloud has none
     */
    public void asking(String token, @Nullable String zone) {
        write(old -> old.with(new Start(token, zone, Outcome.ASKED, null)));
    }

    /**
     * Writes down that there is an instance.
     *
     * @param token the token of the call; one that was not announced is added
     * @param zone the availability zone, or null if the cloud has none
     * @param instance the instance
     */
    public void started(String token, @Nullable String zone, InstanceId instance) {
        write(old -> old.with(new Start(token, zone, Outcome.STARTED, instance)));
    }

    /**
     * Writes down that the cloud has refused an instance, so that there is none.
     *
     * @param token the token of the call
     * @param zone the availability zone, or null if the cloud has none
     */
    public void refused(String token, @Nullable String zone) {
        write(old -> old.with(new Start(token, zone, Outcome.REFUSED, null)));
    }

    /**
     * Writes down something that is made besides instances.
     *
     * @param kind what it is
     * @param id the cloud's name for it
     */
    public void created(ResourceKind kind, String id) {
        write(old -> old.with(new SideResource(kind, id)));
    }

    /**
     * Writes down that all is done.
     *
     * @param proof where the machine was reached
     */
    public void proved(String proof) {
        write(old -> old.at(Stage.PROVED, proof));
    }

    /** Writes down that all is taken back from now on, so that nobody continues it. */
    public void undoing() {
        write(old -> old.at(Stage.UNDOING, ""));
    }

    /**
     * Ends the operation: removes its record, which makes the model free.
     *
     * @throws OperationLostException if another operation has taken the model over
     */
    public void end() {
        while (true) {
            if (journal.remove(held().version())) {
                return;
            }
        }
    }

    /** Leaves the record for the next run, which may take it over at once. */
    public void giveUp() {
        write(old -> old.heldBy(old.claim(), null, old.period()));
    }

    /**
     * Keeps the record young from now on, also while nothing else is written.
     *
     * @return the heartbeat, which belongs to the calling task; close it
     */
    public Heartbeat startHeart() {
        return Heartbeat.start(this, journal);
    }

    private void write(UnaryOperator<OperationRecord> change) {
        while (true) {
            Seen seen = held();
            OperationRecord next =
                    change.apply(seen.record()).beaten(journal.timeline().now());
            if (journal.write("write down", seen.version(), next)) {
                // Of two tasks that write at the same time the slower may leave the older one here; it is for reading.
                record = next;
                return;
            }
        }
    }

    /** Reads the record, which other tasks of ours may have changed, and makes sure that it is ours. */
    private Seen held() {
        Optional<Seen> there = journal.look();
        if (there.isEmpty() || !there.get().record().claim().equals(record.claim())) {
            throw journal.lost(record.id(), there.map(Seen::record));
        }
        return there.get();
    }
}
