package dev.foothold.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AttemptStrategyTest {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Timeline timeline = Timeline.virtual(1);
    private final Instant start = timeline.now();

    @TestFactory
    Stream<DynamicTest> attemptStrategy() {
        return Vectors.file("attempt_strategy").tests(AttemptStrategyTest::check);
    }

    private static void check(VectorCase vector) throws InterruptedException {
        JsonNode given = vector.get("strategy");
        JsonNode durations = vector.get("attempt_durations_ms");
        AttemptStrategy strategy = new AttemptStrategy(
                Duration.ofMillis(given.get("total_ms").longValue()),
                Duration.ofMillis(given.get("delay_ms").longValue()),
                given.get("min").intValue());
        Timeline timeline = Timeline.virtual(0);
        timeline.sleep(Duration.ofSeconds(7)); // nothing is counted from the start of the timeline
        Instant start = timeline.now();

        List<Long> starts = new ArrayList<>();
        Attempts attempts = strategy.start(timeline);
        while (attempts.next()) {
            int made = starts.size();
            starts.add(Duration.between(start, timeline.now()).toMillis());
            timeline.sleep(Duration.ofMillis(
                    durations.get(Math.min(made, durations.size() - 1)).longValue()));
        }

        assertThat(starts).hasSize(vector.expect("count").intValue());
        List<Long> firstStarts = new ArrayList<>();
        vector.expect("first_starts_ms").forEach(at -> firstStarts.add(at.longValue()));
        assertThat(starts).startsWith(firstStarts.toArray(Long[]::new));
        assertThat(starts).last().isEqualTo(vector.expect("last_start_ms").longValue());
        assertThat(Duration.between(start, timeline.now()).toMillis())
                .isEqualTo(vector.expect("gives_up_at_ms").longValue());
    }

    @Test
    void constants_areTheShortAndTheLongStrategy() {
        assertThat(AttemptStrategy.SHORT)
                .isEqualTo(new AttemptStrategy(Duration.ofSeconds(5), Duration.ofMillis(200), 0));
        assertThat(AttemptStrategy.LONG)
                .isEqualTo(new AttemptStrategy(Duration.ofMinutes(3), Duration.ofSeconds(1), 0));
    }

    @Test
    void negativeParts_areRefused() {
        Duration negative = Duration.ofNanos(-1);

        assertThatThrownBy(() -> new AttemptStrategy(negative, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("total is PT-0.000000001S");
        assertThatThrownBy(() -> new AttemptStrategy(Duration.ZERO, negative, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttemptStrategy(Duration.ZERO, Duration.ZERO, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasNext_isAPromiseHoweverLateTheTryIsMade() throws InterruptedException {
        Attempts attempts = AttemptStrategy.SHORT.start(timeline);
        attempts.next();

        assertThat(attempts.hasNext()).isTrue();
        timeline.sleep(Duration.ofMinutes(1));

        assertThat(attempts.next()).isTrue();
        assertThat(attempts.hasNext()).isFalse();
        assertThat(attempts.next()).isFalse();
    }

    @Test
    void hugeDurations_doNotOverflow() throws InterruptedException {
        Attempts endless = new AttemptStrategy(FOREVER, Duration.ofSeconds(1), Integer.MAX_VALUE).start(timeline);
        for (int i = 0; i < 100; i++) {
            assertThat(endless.next()).isTrue();
        }
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(99));

        Attempts lonely = new AttemptStrategy(Duration.ofDays(1), FOREVER, 0).start(timeline);
        assertThat(lonely.next()).isTrue();
        assertThat(lonely.next()).isFalse();
    }

    @Test
    @Tag("D-45")
    void pauseBetweenTries_endsAtOnceWhenItIsCancelled() throws Exception {
        List<Instant> tries = new ArrayList<>();
        try (Scope scope = timeline.open("scope", Duration.ofHours(1))) {
            Task<Boolean> retrying = scope.fork("retrying", () -> {
                Attempts attempts = AttemptStrategy.LONG.start(timeline);
                while (attempts.next()) {
                    tries.add(timeline.now());
                }
                return true;
            });
            timeline.sleep(Duration.ofMillis(2500));
            retrying.cancel();
            scope.awaitAll();

            assertThatThrownBy(retrying::result)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(tries).hasSize(3);
        assertThat(elapsed()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    @Tag("D-45")
    void firstTry_isNotMadeByACancelledTask() {
        Attempts attempts = AttemptStrategy.SHORT.start(timeline);
        Thread.currentThread().interrupt();

        assertThatThrownBy(attempts::next).isInstanceOf(InterruptedException.class);
    }

    @Test
    void run_givesTheFirstResult() throws Exception {
        List<Integer> tries = new ArrayList<>();

        String result = AttemptStrategy.SHORT.run(
                timeline,
                () -> {
                    tries.add(tries.size());
                    if (tries.size() < 3) {
                        throw new IOException("try " + tries.size());
                    }
                    return "done";
                },
                IOException.class::isInstance);

        assertThat(result).isEqualTo("done");
        assertThat(tries).hasSize(3);
        assertThat(elapsed()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void run_throwsTheLastFailureWhenItGivesUp() {
        assertThatThrownBy(() -> AttemptStrategy.SHORT.run(
                        timeline,
                        () -> {
                            throw new IOException("at " + elapsed().toMillis());
                        },
                        failure -> true))
                .isInstanceOf(IOException.class)
                .hasMessage("at 4800");
    }

    @Test
    void run_throwsAtOnceWhatIsNotWorthAnotherTry() {
        assertThatThrownBy(() -> AttemptStrategy.SHORT.run(
                        timeline,
                        () -> {
                            throw new IllegalArgumentException("wrong");
                        },
                        IOException.class::isInstance))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(elapsed()).isZero();
    }

    @Test
    @Tag("D-45")
    void run_neverRetriesAnInterruption() {
        assertThatThrownBy(() -> AttemptStrategy.SHORT.run(
                        timeline,
                        () -> {
                            throw new InterruptedException("stop");
                        },
                        failure -> true))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("stop");
        assertThat(elapsed()).isZero();
    }

    @Test
    @Tag("D-45")
    void run_keepsTheFailureWhenItsPauseIsInterrupted() throws Exception {
        IOException failure = new IOException("refused");
        try (Scope scope = timeline.open("scope", Duration.ofHours(1))) {
            Task<Object> running = scope.fork(
                    "running",
                    () -> AttemptStrategy.LONG.run(
                            timeline,
                            () -> {
                                throw failure;
                            },
                            any -> true));
            timeline.sleep(Duration.ofMillis(100));
            running.cancel();
            scope.awaitAll();

            assertThatThrownBy(running::result).cause().satisfies(interruption -> {
                assertThat(interruption).isInstanceOf(InterruptedException.class);
                assertThat(interruption.getSuppressed()).containsExactly(failure);
            });
        }
    }

    @Test
    void onRealTime_triesArePacedByTheirStarts() throws InterruptedException {
        Timeline real = Timeline.real();
        Attempts attempts = new AttemptStrategy(Duration.ZERO, Duration.ofMillis(20), 3).start(real);
        int made = 0;
        try (Scope watch = real.open("watch", Duration.ofMinutes(1))) {
            while (attempts.next()) {
                made++;
            }
            assertThat(watch.remaining()).isLessThanOrEqualTo(Duration.ofMillis(60_000 - 40));
        }
        assertThat(made).isEqualTo(3);
    }

    private Duration elapsed() {
        return Duration.between(start, timeline.now());
    }
}
