package dev.foothold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void aRatioMayBeAsMuchAsTheLimit() {
        assertThat(new Target("a / b", 1.25, 1.25)).hasToString("PASS  1.25 ≤ 1.25  a / b");
        assertThat(new Target("a / b", 1.26, 1.25)).hasToString("MISS  1.26 > 1.25  a / b");
    }

    @Test
    void whatCouldNotBeMeasuredIsMissed() {
        assertThat(new Target("a / b", Double.NaN, 1.25).isReached()).isFalse();
    }
}
