package dev.foothold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private final @Nullable String quick = System.getProperty("foothold.quick");

    @AfterEach
    void restoreTheProperty() {
        if (quick == null) {
            System.clearProperty("foothold.quick");
        } else {
            System.setProperty("foothold.quick", quick);
        }
    }

    @Test
    void allSeeds_run() {
        System.setProperty("foothold.quick", "false");

        assertThat(seedsOf(100)).hasSize(100).startsWith(0L, 1L).endsWith(99L);
    }

    @Test
    void aQuickRun_takesEachTenth() {
        System.setProperty("foothold.quick", "true");

        assertThat(seedsOf(100)).hasSize(10).startsWith(0L, 10L).endsWith(90L);
    }

    @Test
    void aFailure_namesItsSeed() {
        assertThatThrownBy(() -> Seeds.forEach(100, seed -> assertThat(seed).isLessThan(70)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 70: ");
    }

    private static List<Long> seedsOf(int count) {
        List<Long> seeds = new ArrayList<>();
        Seeds.forEach(count, seeds::add);
        return seeds;
    }
}
