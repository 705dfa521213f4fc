package dev.foothold.bootstrap.simulation;

import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;

/** The life of one client: at which of its effects it dies, or stands still for a while. */
final class Life {

    /** For {@link #dieAt}: never. */
    static final int NEVER = Integer.MAX_VALUE;

    private final Timeline timeline;
    private final int dieAt;
    private final int freezeAt;
    private final Duration freezeFor;
    private int moments;
    private boolean dead;
    private Instant frozenUntil;

    Life(Timeline timeline, int dieAt, int freezeAt, Duration freezeFor) {
        this.timeline = timeline;
        this.dieAt = dieAt;
        this.freezeAt = freezeAt;
        this.freezeFor = freezeFor;
        this.frozenUntil = timeline.now();
    }

    @Override
    public String toString() {
        return "dies at " + dieAt + ", stands still at " + freezeAt + " for " + freezeFor;
    }

    boolean isDead() {
        return dead;
    }

    int moments() {
        return moments;
    }

    /** Stands between any two effects: before one is sent, and after it came about. */
    void moment() {
        alive();
        moments++;
        if (moments == freezeAt) {
            frozenUntil = timeline.now().plus(freezeFor);
        }
        if (moments == dieAt) {
            dead = true;
        }
        alive();
    }

    /** Nothing is seen or done by who is dead, and nothing yet by who stands still. */
    void alive() {
        boolean interrupted = false;
        while (!dead && timeline.now().isBefore(frozenUntil)) {
            try {
                timeline.sleep(Duration.between(timeline.now(), frozenUntil));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            timeline.keepInterrupt();
        }
        if (dead) {
            throw new Killed();
        }
    }
}
