package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.internal.ssh.KnockPlan.Knock;
import dev.foothold.ssh.Knocking;
import dev.foothold.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When to knock and when to give up, against networks that exist only as numbers. */
class KnockPlanTest {

    private static final long MILLI = 1_000_000;

    /** What a connect that begins at a moment is answered: after how long, or never. */
    @FunctionalInterface
    private interface Network {
        OptionalLong answer(long beganAt);
    }

    private record Outcome(long acceptedAt, int begun, int mostOpen, List<Long> begins) {}

    /** Knocks until something is accepted; an answer before {@code up} is a refusal. All times are milliseconds. */
    private static Outcome knock(Network network, long up, long limit) {
        long now = 0;
        KnockPlan plan = new KnockPlan(Knocking.defaults(), 0);
        Map<Knock, Long> answers = new HashMap<>();
        List<Long> begins = new ArrayList<>();
        int mostOpen = 0;
        while (now <= limit * MILLI) {
            for (Knock late : plan.giveUp(now)) {
                answers.remove(late);
            }
            for (Map.Entry<Knock, Long> answer : List.copyOf(answers.entrySet())) {
                if (answer.getValue() <= now) {
                    if (answer.getValue() >= up * MILLI) {
                        return new Outcome(now / MILLI, begins.size(), mostOpen, begins);
                    }
                    answers.remove(answer.getKey());
                    plan.end(answer.getKey());
                }
            }
            long at = now;
            plan.begin(now).ifPresent(knock -> {
                begins.add(at / MILLI);
                network.answer(at / MILLI)
                        .ifPresentOrElse(
                                after -> answers.put(knock, at + after * MILLI),
                                () -> answers.put(knock, Long.MAX_VALUE));
            });
            mostOpen = Math.max(mostOpen, answers.size());
            long idle = plan.idleNanos(now);
            long next =
                    answers.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
            now = Math.max(now + 1, Math.min(now + idle, next));
        }
        return new Outcome(-1, begins.size(), mostOpen, begins);
    }

    @Test
    void whileRefusedOneConnectBeginsEveryTenthOfASecond() {
        Outcome outcome = knock(at -> OptionalLong.of(1), 10_000, 20_000);

        assertThat(outcome.begun()).isBetween(100, 102);
        assertThat(outcome.mostOpen()).isEqualTo(1);
        assertThat(outcome.acceptedAt()).isBetween(10_000L, 10_101L);
    }

    @Test
    void whileUnansweredNoMoreThanTenAreOpen() {
        Outcome outcome = knock(at -> OptionalLong.empty(), 0, 60_000);

        assertThat(outcome.mostOpen()).isEqualTo(10);
        assertThat(outcome.begun()).as("a little over eight a second").isBetween(450, 550);
    }

    @Test
    void aFilterThatOpensIsNoticedByTheNextConnect() {
        Outcome outcome = knock(at -> at < 7_000 ? OptionalLong.empty() : OptionalLong.of(30), 0, 60_000);

        assertThat(outcome.acceptedAt()).isBetween(7_000L, 7_900L);
    }

    @Test
    void aMachineThatIsFarAwayIsReachedByTheLongConnects() {
        Outcome outcome = knock(at -> OptionalLong.of(3_000), 0, 60_000);

        assertThat(outcome.acceptedAt()).isEqualTo(3_000);
    }

    @Test
    void aMachineThatIsFarAwayIsReachedSoonAfterItComesUp() {
        Outcome outcome = knock(at -> at < 20_000 ? OptionalLong.empty() : OptionalLong.of(1_500), 0, 60_000);

        assertThat(outcome.acceptedAt()).isBetween(21_500L, 23_500L);
    }

    @Test
    void aNetworkThatLosesHalfOfAllPacketsIsNoHindrance() {
        Seeds.forEach(200, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            Outcome outcome = knock(
                    at -> at < 5_000 || random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(50), 0, 60_000);

            assertThat(outcome.acceptedAt()).isBetween(5_000L, 8_500L);
            assertThat(outcome.mostOpen()).isLessThanOrEqualTo(10);
        });
    }

    @Test
    void everyTenthIsGivenMoreTimeBeginningWithTheFirst() {
        KnockPlan plan = new KnockPlan(Knocking.defaults(), 0);
        List<Integer> longOnes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Knock knock = plan.begin(i * 100 * MILLI).orElseThrow();
            assertThat(knock.until()).isEqualTo((i * 100L + (knock.isLong() ? 5_000 : 800)) * MILLI);
            if (knock.isLong()) {
                longOnes.add(i);
            }
            plan.end(knock);
        }
        assertThat(longOnes).containsExactly(0, 10, 20, 30);
    }

    @Test
    void ofSeveralTargetsEachGetsItsShareOfTheLongOnes() {
        for (int targets = 1; targets <= 4; targets++) {
            KnockPlan plan = new KnockPlan(Knocking.defaults(), 0);
            Set<Integer> reached = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                Knock knock = plan.begin(i * 100 * MILLI).orElseThrow();
                if (knock.isLong()) {
                    reached.add(knock.turn() % targets);
                }
                plan.end(knock);
            }
            assertThat(reached).as("targets").hasSize(targets);
        }
    }

    @Test
    void knockingThatMakesNoSenseIsRefused() {
        Knocking good = Knocking.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good.every(Duration.ZERO))
                .withMessageContaining("pause between connects");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good.within(Duration.ofSeconds(-1)))
                .withMessageContaining("budget");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Knocking(good.pause(), good.patience(), good.longPatience(), 0, good.budget()))
                .withMessageContaining("at least one");
    }
}
