package dev.foothold.testkit;

/** Ends a client as a signal does: nothing catches it, and whatever the client tries afterwards has no effect. */
final class ClientKilled extends Error {

    private static final long serialVersionUID = 1L;

    ClientKilled() {
        super("the client was killed", null, false, false);
    }
}
