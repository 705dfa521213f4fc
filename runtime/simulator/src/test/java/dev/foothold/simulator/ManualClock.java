package dev.foothold.simulator;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only when somebody sleeps, or is told to. */
final class ManualClock implements SimulatorClock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        now = now.plus(duration);
    }
}
