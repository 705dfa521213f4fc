package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What we believe a server holds against us. */
class PenaltyAccountTest {

    private final PenaltyAccount account = new PenaltyAccount();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void twoAttemptsAtOnceHaveRoomAndTheThirdMustWait() {
        assertThat(account.book(now)).isZero();
        assertThat(account.book(now)).isZero();
        assertThat(account.book(now)).isEqualTo(Duration.ofSeconds(1));

        now = now.plusSeconds(1);
        assertThat(account.book(now)).isZero();
    }

    @Test
    void whatCostLessThanWasBookedMakesRoom() {
        account.book(now);
        account.book(now);
        account.settle(Verdict.HOST_KEY_MISMATCH);

        assertThat(account.book(now)).as("5 + 1 + 5 s").isZero();
        account.settle(Verdict.PROVED);
        assertThat(account.book(now)).isZero();
    }

    @Test
    void aLoginThatFailsCostsAllThatWasBooked() {
        account.book(now);
        account.settle(Verdict.AUTHENTICATION);
        account.book(now);
        account.settle(Verdict.AUTHENTICATION);

        assertThat(account.book(now)).isPositive();
    }

    @Test
    void thePausesThatGrowToFiveSecondsNeverNeedMore() {
        Duration[] pauses = {Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5)
        };
        for (int i = 0; i < 100; i++) {
            assertThat(account.book(now)).as("attempt %d", i).isZero();
            account.settle(Verdict.AUTHENTICATION);
            now = now.plus(pauses[Math.min(i, pauses.length - 1)]);
        }
    }
}
