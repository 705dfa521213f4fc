package dev.foothold.simulator;

/**
 * Describes a size in which instances are sold.
 *
 * @param name what the API calls it
 * @param cores number of processor cores
 * @param memMiB memory in MiB
 * @param rootDiskGiB size of the root disk in GiB
 * @param arch processor architecture, for example {@code amd64} or {@code arm64}
 */
public record Offering(String name, int cores, int memMiB, int rootDiskGiB, String arch) {}
