package dev.foothold.time;

import java.time.Duration;

/** Measures on a timeline, and is not moved when the system's clock is set. Thread-safe. */
public final class Stopwatch {

    private static final Duration EVER = Duration.ofDays(36_500);

    /** The remaining budget of a scope is what a timeline measures with; nothing is forked in it. */
    private final Scope scope;

    private Stopwatch(Scope scope) {
        this.scope = scope;
    }

    /**
     * Starts to measure.
     *
     * @param timeline what is measured on
     * @return a running stopwatch
     */
    public static Stopwatch start(Timeline timeline) {
        return new Stopwatch(timeline.open("stopwatch", EVER));
    }

    /**
     * Tells how much time has passed.
     *
     * @return the time since the start, never negative
     */
    public Duration elapsed() {
        return EVER.minus(scope.remaining());
    }
}
