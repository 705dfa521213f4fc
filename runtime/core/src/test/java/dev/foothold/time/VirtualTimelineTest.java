package dev.foothold.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class VirtualTimelineTest extends TimelineContract {

    @Override
    Timeline newTimeline() {
        return Timeline.virtual(42);
    }

    // time

    @Test
    void time_beginsWith2026() {
        assertThat(timeline.now()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void time_jumpsToTheEarliestWakeUp() throws Exception {
        Instant start = timeline.now();
        List<String> trace = new ArrayList<>();
        try (Scope scope = timeline.open("scope", Duration.ofDays(3650))) {
            for (int days : List.of(30, 10, 20)) {
                scope.fork("days" + days, () -> {
                    timeline.sleep(Duration.ofDays(days));
                    return trace.add(
                            days + "@" + Duration.between(start, timeline.now()).toDays());
                });
            }
            scope.awaitAll();
        }
        assertThat(trace).containsExactly("10@10", "20@20", "30@30");
        assertThat(timeline.now()).isEqualTo(start.plus(Duration.ofDays(30)));
    }

    @Test
    void time_standsStillWhileATaskWorks() throws Exception {
        Instant start = timeline.now();
        try (Scope scope = open()) {
            scope.fork("sleeping", () -> {
                timeline.sleep(BLINK);
                return true;
            });
            for (int i = 0; i < 100; i++) {
                timeline.sleep(Duration.ZERO);
            }
            assertThat(timeline.now()).isEqualTo(start);
        }
    }

    @Test
    void timeout_comesAtTheDeadlineExactly() {
        try (Scope scope = timeline.open("scope", Duration.ofMinutes(20))) {
            scope.fork("endless", () -> {
                timeline.sleep(FOREVER);
                return true;
            });
            assertThatThrownBy(scope::awaitAll).hasMessageContaining("PT20M");
            assertThat(timeline.now()).isEqualTo(scope.deadline());
        }
        assertThat(timeline.now()).isEqualTo("2026-01-01T00:20:00Z");
    }

    @Test
    void cancel_takesNoTime() throws Exception {
        try (Scope scope = open()) {
            Task<Instant> sleeping = scope.fork("sleeping", () -> {
                try {
                    timeline.sleep(HOUR);
                } catch (InterruptedException e) {
                    return timeline.now();
                }
                return Instant.MAX;
            });
            timeline.sleep(BLINK);
            sleeping.cancel();
            scope.awaitAll();

            assertThat(sleeping.result()).isEqualTo(Instant.parse("2026-01-01T00:00:00.005Z"));
        }
    }

    // seeds

    @Test
    void sameSeed_givesTheSameRun() {
        Seeds.forEach(500, seed -> assertThat(trace(seed)).isEqualTo(trace(seed)));
    }

    @Test
    void differentSeeds_giveEveryOrder() throws Exception {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            Timeline timeline = Timeline.virtual(seed);
            List<String> order = new ArrayList<>();
            try (Scope scope = timeline.open("scope", HOUR)) {
                for (String name : List.of("a", "b", "c")) {
                    scope.fork(name, () -> {
                        timeline.sleep(BLINK);
                        return order.add(name);
                    });
                }
                scope.awaitAll();
            }
            orders.add(order);
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void deadlineAndResultAtTheSameMoment_areSeenInBothOrders() throws Exception {
        Set<Boolean> inTime = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            Timeline timeline = Timeline.virtual(seed);
            try (Scope scope = timeline.open("scope", BLINK)) {
                Task<Boolean> task = scope.fork("task", () -> {
                    timeline.sleep(BLINK);
                    return true;
                });
                inTime.add(await(scope, task));
            }
        }
        assertThat(inTime).containsExactlyInAnyOrder(true, false);
    }

    private static boolean await(Scope scope, Task<?> task) throws InterruptedException {
        try {
            scope.awaitAll();
            return true;
        } catch (TimeoutException e) {
            assertThat(task.isDone()).isFalse();
            return false;
        }
    }

    @Test
    void forkedTask_beginsBeforeOrAfterForkReturns() {
        Set<Boolean> began = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            try (Scope scope = Timeline.virtual(seed).open("scope", HOUR)) {
                began.add(scope.fork("task", () -> true).isDone());
            }
        }
        assertThat(began).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void taskCancelledBeforeItBegins_isInterruptedFromItsStart() throws Exception {
        Set<Boolean> beganInTime = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            try (Scope scope = Timeline.virtual(seed).open("scope", HOUR)) {
                Task<Boolean> task =
                        scope.fork("task", () -> Thread.currentThread().isInterrupted());
                boolean began = task.isDone();
                task.cancel();
                scope.awaitAll();

                assertThat(task.result()).isEqualTo(!began);
                beganInTime.add(began);
            }
        }
        assertThat(beganInTime).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void interruptedRun_leavesNothingToTheNextOne() {
        Seeds.forEach(500, seed -> {
            Timeline timeline = Timeline.virtual(seed);
            try (Scope scope = timeline.open("scope", HOUR)) {
                Task<Boolean> interrupted =
                        scope.fork("task", () -> Thread.currentThread().isInterrupted());
                Task<Boolean> other =
                        scope.fork("other", () -> Thread.currentThread().isInterrupted());
                scope.awaitAll();
                assertThat(interrupted.result() || other.result()).isFalse();

                Task<Boolean> endless = scope.fork("endless", () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        try {
                            timeline.sleep(HOUR);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return true;
                });
                endless.cancel();
            }
        });
    }

    /** Lets tasks sleep, fork, wait, and cancel each other at random, and writes down what happens when. */
    private static List<String> trace(long seed) throws Exception {
        Timeline timeline = Timeline.virtual(seed);
        List<String> trace = new ArrayList<>();
        try (Scope scope = timeline.open("scope", HOUR)) {
            List<Task<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "task" + i;
                SplittableRandom random = new SplittableRandom(i);
                tasks.add(scope.fork(name, () -> {
                    for (int step = 0; step < 10; step++) {
                        trace.add(name + "/" + step + "@" + timeline.now());
                        try {
                            step(timeline, random, trace);
                        } catch (InterruptedException e) {
                            trace.add(name + " interrupted");
                        }
                        if (random.nextInt(5) == 0) {
                            tasks.get(random.nextInt(tasks.size())).cancel();
                        }
                    }
                    return true;
                }));
            }
            scope.awaitFirst(tasks);
            trace.add("first of " + tasks.stream().map(Task::isDone).toList());
        }
        trace.add("closed at " + timeline.now());
        return trace;
    }

    private static void step(Timeline timeline, SplittableRandom random, List<String> trace)
            throws InterruptedException {
        if (random.nextBoolean()) {
            timeline.sleep(Duration.ofMillis(random.nextInt(3)));
            return;
        }
        try (Scope inner = timeline.open("inner", Duration.ofMillis(random.nextInt(4)))) {
            inner.fork("x", () -> {
                timeline.sleep(Duration.ofMillis(2));
                return trace.add("x");
            });
            inner.awaitAll();
        } catch (TimeoutException e) {
            trace.add(e.getMessage());
        }
    }

    // mistakes

    @Test
    void deadlock_namesEveryTaskAndWhatItWaitsFor() {
        try (Scope scope = timeline.open("race", FOREVER)) {
            Task<Boolean> asleep = forkAsleep(scope, "asleep", FOREVER);
            Task<Boolean> nested = scope.fork("nesting", () -> {
                try (Scope inner = timeline.open("inner", FOREVER)) {
                    return inner.awaitFirst(List.of(forkAsleep(inner, "b", FOREVER)))
                            .isDone();
                }
            });
            assertThatIllegalStateException()
                    .isThrownBy(scope::awaitAll)
                    .withMessageContainingAll(
                            "every task of the virtual timeline waits for ever",
                            "\"main\" waits in scope \"race\" for \"asleep\", \"nesting\"",
                            "\"race/asleep\" sleeps for PT",
                            "\"race/nesting\" waits in scope \"inner\" for \"b\"",
                            "\"inner/b\" sleeps for PT");
            assertThatIllegalStateException()
                    .as("a timeline that stands still stays so")
                    .isThrownBy(() -> timeline.sleep(BLINK));
            close(scope);
            assertThatThrownBy(asleep::result).hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(nested::result).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void deadlock_inCloseIsReportedWhenTheTasksHaveEnded() {
        Scope scope = open();
        Task<Boolean> stubborn = scope.fork("stubborn", () -> {
            try {
                timeline.sleep(HOUR);
            } catch (InterruptedException e) {
                timeline.sleep(FOREVER);
            }
            return true;
        });

        assertThatIllegalStateException()
                .isThrownBy(scope::close)
                .withMessageContainingAll(
                        "\"main\" closes scope \"scope\" and waits for \"stubborn\"",
                        "\"scope/stubborn\" sleeps for PT");
        assertThat(stubborn.isDone()).isTrue();
    }

    @Test
    void foreignThread_isRefused() throws Exception {
        try (Scope scope = open()) {
            Task<Boolean> task = forkSleeping(scope, "task");
            for (Callable<?> use : List.<Callable<?>>of(
                    timeline::now,
                    () -> timeline.open("scope", HOUR),
                    () -> scope.fork("task", () -> true),
                    () -> scope.awaitFirst(List.of(task)),
                    scope::remaining,
                    () -> {
                        timeline.sleep(Duration.ZERO);
                        return true;
                    },
                    () -> {
                        scope.awaitAll();
                        return true;
                    },
                    () -> {
                        task.cancel();
                        return true;
                    },
                    () -> close(scope))) {
                FutureTask<?> foreign = new FutureTask<>(use);
                Thread thread = new Thread(foreign, "stranger");
                thread.start();
                thread.join();

                assertThatThrownBy(foreign::get)
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("thread \"stranger\" is not a task of this virtual timeline");
            }
        }
    }

    private Task<Boolean> forkAsleep(Scope scope, String name, Duration duration) {
        return scope.fork(name, () -> {
            timeline.sleep(duration);
            return true;
        });
    }
}
