package dev.foothold.bootstrap.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.testing.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No client that dies leaves anything that the next run does not find; and every safeguard is needed for that. More lives:
 * {@code -Dsimulation.lives=10000}; to be told what happens in them: {@code -Dsimulation.told=true}.
 */
class SimulationTest {

    private static final int LIVES = Integer.getInteger("simulation.lives", 4_000);
    private static final int LIVES_WITHOUT = 300;
    private static final int MOST_LIVES_WITHOUT = 5_000;
    private static final boolean QUICK = Boolean.getBoolean("foothold.quick");

    @Test
    @Tag("D-3")
    @Tag("D-18")
    void whateverDiesTheNextRunPutsInOrder() {
        long start = System.nanoTime();
        Seeds.forEach(LIVES, seed -> Scenario.check(seed, null));
        System.out.printf("lives of clients that die ended well, after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    /** Seeds that once found a mistake. */
    @ParameterizedTest
    @ValueSource(longs = {8, 105, 146, 875, 1318, 3257, 3451})
    void whatWentWrongOnceDoesNotGoWrongAgain(long seed) throws Exception {
        Scenario.check(seed, null);
    }

    /** At least until one life ends badly; with {@code -Dquick} no longer than that. */
    @ParameterizedTest
    @EnumSource
    void everySafeguardIsMissed(Safeguard safeguard) {
        int lives = 0;
        int bad = 0;
        while (bad == 0 ? lives < MOST_LIVES_WITHOUT : !QUICK && lives < LIVES_WITHOUT) {
            try {
                Scenario.check(lives++, safeguard);
            } catch (Exception | AssertionError e) {
                bad++;
            }
        }
        System.out.printf("without %-9s %4d of %d lives end badly%n", safeguard, bad, lives);

        assertThat(bad).isPositive();
    }
}
