package dev.foothold.simulator.machine;

/** Names how far the scripts of a simulated machine are kept away from the host that runs them. */
public enum Isolation {
    /**
     * The machine has mount, pid, ipc and uts namespaces of its own over a copy-on-write view of the host's root file
     * system that lives in memory. Commands run as root and change nothing of the host's. Needs Linux, root and
     * util-linux.
     */
    PRIVATE_ROOT,

    /**
     * The machine is a temporary directory; commands run on the host with the rights of this JVM and start in that
     * directory, which is their {@code HOME} and {@code MACHINE_ROOT} and holds their {@code TMPDIR}. Nothing stops a
     * script from writing elsewhere, and absolute paths are the host's.
     */
    DIRECTORY
}
