package dev.foothold.machine;

import java.util.Objects;

/**
 * Describes a size of machine a cloud offers.
 *
 * @param name what the cloud calls it
 * @param arch its architecture
 * @param cores the number of processor cores
 * @param memoryMib the memory in MiB
 */
public record InstanceType(String name, Arch arch, long cores, long memoryMib) {

    /**
     * Creates a description.
     *
     * @param name what the cloud calls it
     * @param arch its architecture
     * @param cores the number of processor cores
     * @param memoryMib the memory in MiB
     * @throws IllegalArgumentException if the name is blank or a number is not positive
     */
    public InstanceType {
        Objects.requireNonNull(arch, "arch");
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of an instance type must not be blank");
        }
        if (cores <= 0 || memoryMib <= 0) {
            throw new IllegalArgumentException("instance type \"" + name
                    + "\" needs cores and memory above zero, but has " + cores + " cores and " + memoryMib + " MiB");
        }
    }

    /**
     * Describes a size of machine.
     *
     * @param name what the cloud calls it
     * @param arch its architecture
     * @param cores the number of processor cores
     * @param memoryMib the memory in MiB
     * @return the description
     * @throws IllegalArgumentException if the name is blank or a number is not positive
     */
    public static InstanceType of(String name, Arch arch, long cores, long memoryMib) {
        return new InstanceType(name, arch, cores, memoryMib);
    }
}
