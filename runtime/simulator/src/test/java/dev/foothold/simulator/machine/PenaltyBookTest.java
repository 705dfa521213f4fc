package dev.foothold.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PenaltyBookTest {
    private long now;
    private final PenaltyBook book = new PenaltyBook(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void threeFailedLoginsAtOnceAreTooMany() {
        book.charge("a", true);
        book.charge("a", true);
        assertThat(book.turnsAway("a")).isFalse();
        book.charge("a", true);
        assertThat(book.turnsAway("a")).isTrue();
        assertThat(book.turnsAway("b")).isFalse();
        assertThat(book.turnedAway()).isEqualTo(1);
    }

    @Test
    void timePaysTheDebtOff() {
        for (int i = 0; i < 100; i++) {
            book.charge("a", true);
            pass(Duration.ofSeconds(5));
            assertThat(book.turnsAway("a")).isFalse();
        }
    }

    @Test
    void whoWasTurnedAwayIsLetInWhenAllIsPaid() {
        for (int i = 0; i < 15; i++) {
            book.charge("a", false);
        }
        pass(Duration.ofMillis(14_999));
        assertThat(book.turnsAway("a")).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(book.turnsAway("a")).isFalse();
        book.charge("a", true);
        assertThat(book.turnsAway("a")).as("a new account").isFalse();
    }

    @Test
    void nobodyOwesMoreThanTenMinutes() {
        for (int i = 0; i < 1000; i++) {
            book.charge("a", true);
        }
        pass(Duration.ofMinutes(10));
        assertThat(book.turnsAway("a")).isFalse();
    }
}
