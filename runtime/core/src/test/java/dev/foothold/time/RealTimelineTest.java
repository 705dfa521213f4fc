package dev.foothold.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealTimelineTest extends TimelineContract {

    @Override
    Timeline newTimeline() {
        return Timeline.real();
    }

    @Test
    void now_isTheSystemsTime() {
        Instant before = Instant.now();

        assertThat(timeline.now()).isBetween(before, Instant.now());
    }

    @Test
    void thousandScopes_leaveNoThread() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            try (Scope scope = timeline.open("leak", HOUR)) {
                Task<Boolean> quick = scope.fork("quick", () -> true);
                Task<Boolean> slow = forkSleeping(scope, "slow");
                scope.awaitFirst(List.of(slow, quick));
            }
            assertThat(threadsOf("foothold-leak-")).isEmpty();
        }
    }

    @Test
    void scopeThatLivesLong_keepsNoThreadOfTasksThatEnded() throws Exception {
        try (Scope scope = timeline.open("long", HOUR)) {
            for (int i = 0; i < 100; i++) {
                scope.awaitFirst(List.of(scope.fork("attempt", () -> true)));
            }
            while (!threadsOf("foothold-long-").isEmpty()) {
                timeline.sleep(Duration.ofMillis(1));
            }
            scope.awaitAll();
        }
    }

    private static List<String> threadsOf(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
