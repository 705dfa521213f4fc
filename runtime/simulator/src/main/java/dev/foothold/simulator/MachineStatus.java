package dev.foothold.simulator;

/** Names what an instance is doing. A terminated one has no status: it is not there any more. */
public enum MachineStatus {
    /** Accepted; it has no address yet. */
    PENDING,
    /** It has addresses. Whether it answers SSH is another matter. */
    RUNNING,
    /** It is being terminated. */
    STOPPING,
    /** It did not come up and never will; the message says why. */
    FAILED
}
