package dev.foothold.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds on every timeline. */
abstract class TimelineContract {

    static final Duration HOUR = Duration.ofHours(1);
    static final Duration BLINK = Duration.ofMillis(5);
    static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    final Timeline timeline = newTimeline();

    abstract Timeline newTimeline();

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    // sleep

    @Test
    void sleep_takesItsTime() throws InterruptedException {
        try (Scope watch = open()) {
            timeline.sleep(BLINK);

            assertThat(watch.remaining()).isLessThanOrEqualTo(HOUR.minus(BLINK));
        }
    }

    @Test
    void sleepOfZeroOrLess_returnsAtOnce() throws InterruptedException {
        timeline.sleep(Duration.ZERO);
        timeline.sleep(HOUR.negated());
        timeline.sleep(FOREVER.negated());
    }

    @Test
    void sleep_noticesAnEarlierInterruptEvenForZero() {
        for (Duration duration : List.of(Duration.ZERO, HOUR.negated(), HOUR, FOREVER)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> timeline.sleep(duration)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void sleep_endsAtOnceWhenItsTaskIsCancelled() throws Exception {
        for (Duration duration : List.of(HOUR, FOREVER)) {
            try (Scope scope = open()) {
                Task<Boolean> sleeping = scope.fork("sleeping", () -> {
                    timeline.sleep(duration);
                    return true;
                });
                scope.fork("user", () -> {
                    sleeping.cancel();
                    return true;
                });
                scope.awaitAll();

                assertThatThrownBy(sleeping::result).hasCauseInstanceOf(InterruptedException.class);
            }
        }
    }

    // fork and result

    @Test
    void fork_givesWhatTheWorkGives() throws Exception {
        try (Scope scope = open()) {
            Task<Integer> task = scope.fork("sum", () -> 1 + 1);
            scope.awaitAll();

            assertThat(task.name()).isEqualTo("sum");
            assertThat(task.isDone()).isTrue();
            assertThat(task.result()).isEqualTo(2);
        }
    }

    @Test
    void result_wrapsTheFailureAndNamesTheTask() throws Exception {
        IOException refused = new IOException("refused");
        AssertionError broken = new AssertionError("broken");
        try (Scope scope = open()) {
            Task<Boolean> exception = scope.fork("connect", () -> {
                throw refused;
            });
            Task<Boolean> error = scope.fork("check", () -> {
                throw broken;
            });
            scope.awaitAll();

            assertThatThrownBy(exception::result)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(refused)
                    .hasMessageContaining("\"connect\"");
            assertThatThrownBy(error::result)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(broken);
        }
    }

    @Test
    void result_ofATaskThatRunsIsRefused() {
        try (Scope scope = open()) {
            Task<Boolean> task = forkSleeping(scope, "slow");

            assertThat(task.isDone()).isFalse();
            assertThatIllegalStateException().isThrownBy(task::result).withMessageContaining("\"slow\"");
        }
    }

    @Test
    void fork_namesItsThread() throws Exception {
        try (Scope scope = timeline.open("race", HOUR)) {
            Task<String> name =
                    scope.fork("10.0.0.1", () -> Thread.currentThread().getName());
            Task<Boolean> daemon = scope.fork("b", () -> Thread.currentThread().isDaemon());
            scope.awaitAll();

            assertThat(name.result()).isEqualTo("foothold-race-10.0.0.1");
            assertThat(daemon.result()).isTrue();
        }
    }

    @Test
    void fork_intoAClosedScopeIsRefused() {
        Scope scope = timeline.open("race", HOUR);
        scope.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> scope.fork("late", () -> true))
                .withMessageContainingAll("\"race\"", "\"late\"");
    }

    @Test
    void tasks_mayForkFurtherOnes() throws Exception {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (Scope scope = open()) {
            scope.fork(
                    "parent",
                    () -> scope.fork("child", () -> {
                        timeline.sleep(BLINK);
                        return done.add("child");
                    }));
            scope.awaitAll();

            assertThat(done).containsExactly("child");
        }
    }

    @Test
    void cancel_ofATaskThatHasEndedChangesNothing() throws Exception {
        try (Scope scope = open()) {
            Task<Integer> task = scope.fork("task", () -> 1);
            scope.awaitAll();
            task.cancel();

            assertThat(task.result()).isEqualTo(1);
        }
    }

    @Test
    void cancel_ofOneselfSetsTheFlag() throws Exception {
        try (Scope scope = open()) {
            AtomicReference<Task<Boolean>> self = new AtomicReference<>();
            Task<Boolean> task = scope.fork("self", () -> {
                while (self.get() == null) {
                    timeline.sleep(BLINK);
                }
                self.get().cancel();
                return Thread.interrupted();
            });
            self.set(task);
            scope.awaitAll();

            assertThat(task.result()).isTrue();
        }
    }

    // awaiting

    @Test
    void awaitFirst_givesTheTaskThatEndsFirst() throws Exception {
        try (Scope scope = open()) {
            Task<Boolean> slow = forkSleeping(scope, "slow");
            Task<Boolean> fast = scope.fork("fast", () -> {
                timeline.sleep(BLINK);
                return true;
            });

            assertThat(scope.awaitFirst(List.of(slow, fast))).isSameAs(fast);
        }
    }

    @Test
    void awaitFirst_prefersTheOrderGivenWhenSeveralHaveEnded() throws Exception {
        try (Scope scope = open()) {
            Task<String> a = scope.fork("a", () -> "a");
            Task<String> b = scope.fork("b", () -> {
                throw new IOException("b");
            });
            scope.awaitAll();

            assertThat(scope.awaitFirst(List.of(a, b))).isSameAs(a);
            assertThat(scope.awaitFirst(List.of(b, a))).isSameAs(b);
        }
    }

    @Test
    void awaiting_whatHasEndedSucceedsAfterTheBudget() throws Exception {
        try (Scope scope = timeline.open("race", BLINK)) {
            Task<Boolean> task = scope.fork("done", () -> true);
            awaitWithoutBudget(task);
            timeline.sleep(BLINK);
            assertThat(scope.remaining()).isZero();

            assertThat(scope.awaitFirst(List.of(task))).isSameAs(task);
            scope.awaitAll();
        }
    }

    @Test
    void timeout_namesTheScopeItsBudgetAndTheTasksThatStillRun() throws Exception {
        try (Scope scope = timeline.open("race", Duration.ofMillis(20))) {
            Task<Boolean> one = forkSleeping(scope, "one");
            Task<Boolean> two = forkSleeping(scope, "two");
            awaitWithoutBudget(scope.fork("quick", () -> true));

            assertThatThrownBy(() -> scope.awaitFirst(List.of(two)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("scope \"race\" used up its PT0.02S while it waited for \"two\"");
            assertThatThrownBy(scope::awaitAll)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("scope \"race\" used up its PT0.02S while it waited for \"one\", \"two\"");
            assertThat(scope.remaining()).isZero();
            assertThat(one.isDone()).isFalse();
        }
    }

    @Test
    void interrupt_takesPrecedenceOverTheTimeout() {
        try (Scope scope = timeline.open("race", Duration.ZERO)) {
            Task<Boolean> slow = forkSleeping(scope, "slow");

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scope.awaitFirst(List.of(slow))).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();

            Thread.currentThread().interrupt();
            assertThatThrownBy(scope::awaitAll).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void interrupt_takesPrecedenceOverAResult() throws Exception {
        try (Scope scope = open()) {
            Task<Boolean> quick = scope.fork("quick", () -> true);
            scope.awaitAll();

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scope.awaitFirst(List.of(quick))).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(scope::awaitAll).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void awaiting_endsAtOnceWhenItsTaskIsCancelled() throws Exception {
        try (Scope outer = open()) {
            Task<Boolean> waiting = outer.fork("waiting", () -> {
                try (Scope inner = timeline.open("inner", FOREVER)) {
                    forkSleeping(inner, "slow");
                    inner.awaitAll();
                    return true;
                }
            });
            outer.fork("user", () -> {
                timeline.sleep(BLINK);
                waiting.cancel();
                return true;
            });
            outer.awaitAll();

            assertThatThrownBy(waiting::result).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void awaitFirst_ofNothingOrOfForeignTasksIsRefused() {
        try (Scope scope = timeline.open("race", HOUR);
                Scope other = timeline.open("other", HOUR)) {
            Task<Boolean> foreign = forkSleeping(other, "foreign");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scope.awaitFirst(List.of()))
                    .withMessageContaining("\"race\"");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scope.awaitFirst(List.of(foreign)))
                    .withMessageContainingAll("\"race\"", "\"foreign\"");
        }
    }

    @Test
    void onlyTheOpener_mayWaitOrClose() throws Exception {
        try (Scope scope = timeline.open("race", HOUR)) {
            Task<Boolean> waits = scope.fork("waits", () -> {
                scope.awaitAll();
                return true;
            });
            Task<Boolean> closes = scope.fork("closes", () -> close(scope));
            scope.awaitAll();

            for (Task<Boolean> task : List.of(waits, closes)) {
                assertThatThrownBy(task::result)
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("only the task that opened scope \"race\"");
            }
        }
    }

    @Test
    void scopeThatLivesLong_forgetsTasksThatEnded() throws Exception {
        try (Scope scope = open()) {
            for (int i = 0; i < 1_000; i++) {
                scope.awaitFirst(List.of(scope.fork("attempt", () -> true)));
            }
            assertThat(((TaskScope) scope).tasks()).hasSizeLessThan(500);
        }
    }

    // budgets

    @Test
    void budget_setsTheDeadline() {
        Instant before = timeline.now();
        try (Scope scope = open()) {
            assertThat(scope.deadline())
                    .isBetween(before.plus(HOUR), timeline.now().plus(HOUR));
            assertThat(scope.remaining()).isBetween(HOUR.minusMinutes(30), HOUR);
        }
    }

    @Test
    void budget_ofZeroIsUsedUpAtOnce() {
        try (Scope scope = timeline.open("race", Duration.ZERO)) {
            forkSleeping(scope, "slow");

            assertThat(scope.remaining()).isZero();
            assertThatThrownBy(scope::awaitAll).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void budget_isNeverNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeline.open("race", BLINK.negated()))
                .withMessageContaining("\"race\"");
    }

    @Test
    void budget_mayBeAsLongAsADurationCanBe() throws Exception {
        timeline.sleep(BLINK);
        try (Scope scope = timeline.open("race", FOREVER)) {
            assertThat(scope.remaining()).isGreaterThan(Duration.ofDays(36_500));
            assertThat(scope.deadline()).isAfter(timeline.now());
            scope.fork("task", () -> true);
            scope.awaitAll();
        }
    }

    // close

    @Test
    void close_interruptsAndWaitsUntilTheTaskHasCleanedUp() throws Exception {
        AtomicBoolean cleanedUp = new AtomicBoolean();
        try (Scope scope = open()) {
            Task<Boolean> ready = scope.fork("ready", () -> true);
            scope.fork("tidy", () -> {
                try {
                    timeline.sleep(HOUR);
                } catch (InterruptedException e) {
                    timeline.sleep(Duration.ofMillis(20));
                    cleanedUp.set(true);
                }
                return true;
            });
            scope.awaitFirst(List.of(ready));
        }
        assertThat(cleanedUp).isTrue();
    }

    @Test
    void close_endsTasksThatHaveNotBegunToWait() {
        AtomicReference<Exception> end = new AtomicReference<>();
        try (Scope scope = open()) {
            scope.fork("new", () -> {
                try {
                    timeline.sleep(HOUR);
                } catch (InterruptedException e) {
                    end.set(e);
                }
                return true;
            });
        }
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void close_isNotCutShortByAnInterruptAndKeepsIt() {
        AtomicBoolean ended = new AtomicBoolean();
        Scope scope = open();
        scope.fork("stubborn", () -> {
            try {
                timeline.sleep(HOUR);
            } catch (InterruptedException e) {
                timeline.sleep(Duration.ofMillis(20));
            }
            ended.set(true);
            return true;
        });
        Thread.currentThread().interrupt();
        scope.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void close_keepsAnInterruptThatComesWhileItWaits() throws Exception {
        try (Scope outer = open()) {
            AtomicReference<Task<Boolean>> closing = new AtomicReference<>();
            AtomicBoolean ended = new AtomicBoolean();
            Task<Boolean> task = outer.fork("closing", () -> {
                try (Scope inner = timeline.open("inner", HOUR)) {
                    inner.fork("stubborn", () -> {
                        try {
                            timeline.sleep(HOUR);
                        } catch (InterruptedException e) {
                            while (closing.get() == null) {
                                timeline.sleep(BLINK);
                            }
                            closing.get().cancel();
                            timeline.sleep(BLINK);
                        }
                        ended.set(true);
                        return true;
                    });
                }
                return ended.get() && Thread.interrupted();
            });
            closing.set(task);
            outer.awaitAll();

            assertThat(task.result()).isTrue();
        }
    }

    @Test
    void close_twiceIsFine() {
        Scope scope = open();
        forkSleeping(scope, "slow");
        scope.close();
        scope.close();
    }

    @Test
    void close_reachesNestedScopes() {
        Task<Boolean> inner;
        AtomicReference<Task<Boolean>> innermost = new AtomicReference<>();
        try (Scope scope = open()) {
            inner = scope.fork("outer", () -> {
                try (Scope nested = timeline.open("nested", HOUR)) {
                    innermost.set(forkSleeping(nested, "inner"));
                    nested.awaitAll();
                }
                return true;
            });
            timeline.sleep(BLINK);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(inner.isDone()).isTrue();
        assertThat(innermost.get().isDone()).isTrue();
        assertThatThrownBy(() -> innermost.get().result()).hasCauseInstanceOf(InterruptedException.class);
    }

    final Scope open() {
        return timeline.open("scope", HOUR);
    }

    final void awaitWithoutBudget(Task<?> task) throws InterruptedException {
        while (!task.isDone()) {
            timeline.sleep(Duration.ofMillis(1));
        }
    }

    static boolean close(Scope scope) {
        scope.close();
        return true;
    }

    final Task<Boolean> forkSleeping(Scope scope, String name) {
        return scope.fork(name, () -> {
            timeline.sleep(HOUR);
            return true;
        });
    }
}
