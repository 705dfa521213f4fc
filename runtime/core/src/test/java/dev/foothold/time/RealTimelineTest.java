package dev.foothold.time;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static List<String> threadsOf(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
