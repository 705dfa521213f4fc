package dev.foothold.simulator;

/**
 * Says where an instance can be reached.
 *
 * @param value the numeric address
 * @param scope from where it can be reached
 * @param port the port on which SSH is offered there, sooner or later
 */
public record Address(String value, Scope scope, int port) {
    /** Names from where an address can be reached. */
    public enum Scope {
        /** Reachable from everywhere. */
        PUBLIC,
        /** Reachable inside the cloud only: from here, nothing ever answers on it. */
        PRIVATE
    }
}
