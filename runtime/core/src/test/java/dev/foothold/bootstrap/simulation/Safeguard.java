package dev.foothold.bootstrap.simulation;

/** What keeps machines from being lost; the simulation takes one away at a time to show that it would be missed. */
enum Safeguard {
    /** A start is written down before it is asked for. */
    INTENT,
    /** The cloud is told which call is the same call. */
    TOKEN,
    /** An instance carries the name of the operation that made it. */
    TAG,
    /** Before each effect the holder makes sure that it still has the model, and others wait for its heart to stop. */
    HEARTBEAT,
    /** That nothing is left is learned by listing, not from answers. */
    VERIFY
}
