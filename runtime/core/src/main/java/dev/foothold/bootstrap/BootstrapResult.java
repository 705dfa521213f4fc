package dev.foothold.bootstrap;

import dev.foothold.instance.Instance;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.network.MachineAddress;
import java.util.Objects;

/**
 * Says what a bootstrap has made.
 *
 * @param instance the machine, as the cloud described it last
 * @param address where it was reached
 * @param base the operating system on it
 * @param arch its architecture
 */
public record BootstrapResult(Instance instance, MachineAddress address, Base base, Arch arch) {

    /**
     * Creates a result.
     *
     * @param instance the machine, as the cloud described it last
     * @param address where it was reached
     * @param base the operating system on it
     * @param arch its architecture
     */
    public BootstrapResult {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(arch, "arch");
    }
}
