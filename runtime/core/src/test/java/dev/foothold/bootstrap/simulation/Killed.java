package dev.foothold.bootstrap.simulation;

/** Ends a client as a signal does: nothing catches it, and whatever the client tries afterwards has no effect. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
