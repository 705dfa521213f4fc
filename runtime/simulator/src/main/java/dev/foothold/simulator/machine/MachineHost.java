package dev.foothold.simulator.machine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes machines, and holds what they share: one SSH server for all of them. Safe for use by several threads.
 *
 * <p>How far machines are isolated is found out once: with root on Linux they get {@link Isolation#PRIVATE_ROOT};
 * without root, {@link Isolation#DIRECTORY}, which is said once on the system logger. Where root cannot make a private
 * root file system no machine is made at all, because its scripts would write the host's files.
 */
public final class MachineHost implements AutoCloseable {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final @Nullable Isolation isolation;
    private final @Nullable String refusal;
    private final SshFront front = new SshFront();

    /**
     * Makes a host for machines.
     *
     * @param wanted how machines are isolated, or null to have it found out. {@link Isolation#DIRECTORY} is taken at
     *     its word even as root.
     */
    public MachineHost(@Nullable Isolation wanted) {
        String whyNot = wanted == Isolation.DIRECTORY ? null : Probe.WHY_NOT;
        if (wanted != null) {
            isolation = whyNot == null ? wanted : null;
        } else if (whyNot == null) {
            isolation = Isolation.PRIVATE_ROOT;
        } else {
            isolation = Probe.ROOT ? null : Isolation.DIRECTORY;
        }
        refusal = isolation == null ? whyNot : null;
        if (wanted == null && isolation == Isolation.DIRECTORY && SAID.compareAndSet(false, true)) {
            System.getLogger(MachineHost.class.getName())
                    .log(
                            Level.WARNING,
                            "Scripts of simulated machines run on this host with your rights ({0}). Run as root on"
                                    + " Linux to give every machine a root file system of its own.",
                            whyNot);
        }
    }

    /** What this host can do; asked once, because it takes a process to find out. */
    private static final class Probe {
        static final boolean ROOT = "root".equals(System.getProperty("user.name"));
        static final @Nullable String WHY_NOT = whyNot();

        private static @Nullable String whyNot() {
            if (!Files.isDirectory(Path.of("/proc/self/ns"))) {
                return "this is not Linux";
            }
            return ROOT ? NamespaceSandbox.whyNot() : "not started as root";
        }
    }

    /**
     * Tells how machines are isolated here.
     *
     * @return empty if no machine can be made
     */
    public Optional<Isolation> isolation() {
        return Optional.ofNullable(isolation);
    }

    /**
     * Starts a machine: it has files and can run scripts, but nothing listens yet.
     *
     * @param hostname its name
     * @return the machine, to be closed by the caller
     * @throws MachineException if this host cannot make one, or refuses to because its scripts would not be isolated
     */
    public Machine start(String hostname) throws MachineException {
        if (isolation == null) {
            throw new MachineException(
                    "machine " + hostname + " was not started: its scripts would run as root on this host without a"
                            + " root file system of their own (" + refusal + "). Use a user who is not root, or allow"
                            + " mounts.",
                    null);
        }
        try {
            return new Machine(
                    isolation == Isolation.PRIVATE_ROOT ? NamespaceSandbox.create(hostname) : DirectorySandbox.create(),
                    front,
                    hostname);
        } catch (IOException e) {
            throw new MachineException("machine " + hostname + " was not started: " + e.getMessage(), e);
        }
    }

    /**
     * Stops the SSH server. Machines are closed by who started them.
     *
     * @throws IOException if the server does not stop within seconds
     */
    @Override
    public void close() throws IOException {
        front.close();
    }
}
