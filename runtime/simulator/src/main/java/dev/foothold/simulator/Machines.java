package dev.foothold.simulator;

/** Chooses what stands behind the instances of a cloud. */
public enum Machines {
    /** Processes, files and an SSH server. */
    REAL,
    /** Nothing: instances exist in the inventory only, and the cloud has no thread and no socket. */
    INVENTORY_ONLY
}
