package dev.foothold.simulator;

import dev.foothold.simulator.machine.Machine;
import dev.foothold.simulator.machine.MachineException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud knows of one instance. Its status follows from the time at which it is looked at, so nothing has to
 * wake up for it.
 */
final class Instance {
    private final CloudMachine accepted;
    private final LoopbackAddresses.Lease lease;
    private final @Nullable Instant runsAt;
    private final boolean refuses;
    private final List<Fault> faults;
    private @Nullable Instant bootsAt;
    private String failure = "";
    private boolean stopping;
    private boolean listens;
    private @Nullable Machine machine;
    private @Nullable Task task;

    /**
     * Records an instance.
     *
     * @param accepted as it was accepted: pending, without addresses
     * @param lease the addresses it will have
     * @param runsAt when it has them; null for never
     * @param boot how long it then takes to begin with its user data; null for ever
     * @param faults what goes wrong with it
     */
    Instance(
            CloudMachine accepted,
            LoopbackAddresses.Lease lease,
            @Nullable Instant runsAt,
            @Nullable Duration boot,
            List<Fault> faults) {
        this.faults = faults;
        this.accepted = accepted;
        this.lease = lease;
        this.runsAt = runsAt;
        this.refuses = boot == null;
        this.bootsAt = runsAt == null || boot == null ? null : runsAt.plus(boot);
    }

    CloudMachine accepted() {
        return accepted;
    }

    synchronized CloudMachine at(Instant now) {
        boolean runs = runsAt != null && !now.isBefore(runsAt);
        MachineStatus status = MachineStatus.PENDING;
        if (stopping) {
            status = MachineStatus.STOPPING;
        } else if (!failure.isEmpty()) {
            status = MachineStatus.FAILED;
        } else if (runs) {
            status = MachineStatus.RUNNING;
        }
        CloudMachine a = accepted;
        List<Address> addresses = runs ? lease.addresses() : List.of();
        return new CloudMachine(
                a.id(),
                status,
                failure,
                a.zone(),
                a.type(),
                a.image(),
                a.arch(),
                a.cores(),
                a.memMiB(),
                a.rootDiskGiB(),
                addresses,
                a.tags(),
                a.launchTime(),
                a.token());
    }

    /** Whether SSH answers; without a machine, whether it would. */
    synchronized boolean answersSsh(Instant now, boolean real) {
        boolean up = real ? listens : bootsAt != null && !now.isBefore(bootsAt);
        return up && !stopping && failure.isEmpty();
    }

    /** Whether there is, or will be, a machine behind it that boots. */
    boolean boots() {
        return runsAt != null && !refuses;
    }

    /** What goes wrong with it, if that is of the given kind. */
    <F extends Fault> Optional<F> fault(Class<F> kind) {
        return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    LoopbackAddresses.Lease lease() {
        return lease;
    }

    synchronized void attach(Machine machine) {
        this.machine = machine;
    }

    synchronized @Nullable Machine machine() {
        return machine;
    }

    synchronized void works(Task task) {
        this.task = task;
    }

    synchronized boolean isWorking() {
        return task != null && task.isRunning();
    }

    synchronized void listens() {
        listens = true;
    }

    synchronized void rebootsUntil(Instant moment) {
        listens = false;
        if (bootsAt != null) {
            bootsAt = moment;
        }
    }

    synchronized void failed(String message) {
        failure = message;
    }

    /** Ends what stands behind it; false if somebody else does so already. */
    boolean stop() throws MachineException, IOException {
        Task working;
        synchronized (this) {
            if (stopping) {
                return false;
            }
            stopping = true;
            listens = false;
            working = task;
        }
        if (working != null) {
            working.cancel();
        }
        try (lease) {
            Machine ending = machine();
            if (ending != null) {
                ending.close();
            }
        }
        return true;
    }
}
