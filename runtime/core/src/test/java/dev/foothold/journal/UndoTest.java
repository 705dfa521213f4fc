package dev.foothold.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {

    private final Timeline timeline = Timeline.virtual(1);
    private final Undo undo = new Undo(timeline, Duration.ofSeconds(10));
    private final List<String> done = new ArrayList<>();
    private final List<String> abandons = new ArrayList<>();
    private final Exception cause = new Exception("why");

    @Test
    void stepsAreTakenBackLastFirst() {
        undo.register("first", () -> done.add("first"));
        undo.register("second", () -> done.add("second"));

        assertThat(undo.unwind(cause, abandons::addAll)).isEmpty();
        assertThat(done).containsExactly("second", "first");
        assertThat(cause.getSuppressed()).isEmpty();
    }

    @Test
    void aFailureDoesNotKeepTheOthersFromBeingTakenBack() {
        IOException failure = new IOException("cannot");
        undo.register("first", () -> done.add("first"));
        undo.register("second", () -> {
            throw failure;
        });

        assertThat(undo.unwind(cause, abandons::addAll)).containsExactly("second");
        assertThat(done).containsExactly("first");
        assertThat(cause.getSuppressed()).containsExactly(failure);
    }

    @Test
    void everyStepHasItsOwnDeadline() {
        undo.register("first", () -> done.add("first"));
        undo.register("second", () -> timeline.sleep(Duration.ofHours(1)));

        assertThat(undo.unwind(cause, abandons::addAll)).containsExactly("second");
        assertThat(done).containsExactly("first");
        assertThat(cause.getSuppressed()).hasSize(1);
    }

    @Test
    void interruptsAreHeldBackUntilTheEnd() {
        undo.register("first", () -> {
            timeline.sleep(Duration.ofSeconds(1));
            done.add("first");
        });
        Thread.currentThread().interrupt();

        assertThat(undo.unwind(cause, abandons::addAll)).isEmpty();
        assertThat(done).containsExactly("first");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void afterSuccessNothingIsTakenBack() {
        undo.register("first", () -> done.add("first"));
        undo.forget();

        assertThat(undo.unwind(cause, abandons::addAll)).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void theFirstInterruptIsToldWhatASecondWouldAbandon() {
        undo.register("first", () -> {});
        undo.register("second", () -> timeline.sleep(Duration.ofSeconds(1)));
        Thread.currentThread().interrupt();

        undo.unwind(cause, abandons::addAll);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(abandons).containsExactly("second", "first");
    }
}
