package dev.foothold.instance;

/** Says what a cloud reports of an instance. */
public enum InstanceStatus {
    /** Accepted, not running yet. */
    PENDING,
    /** Running, as far as the cloud can see. */
    RUNNING,
    /** Being stopped or removed. */
    STOPPING,
    /** Stopped, but not removed. */
    STOPPED,
    /** The cloud gave up making it; the status message says why. */
    PROVISIONING_ERROR,
    /** The cloud says something else. */
    UNKNOWN
}
