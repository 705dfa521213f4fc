package dev.foothold.instance;

import dev.foothold.machine.Arch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what an instance is made of, as far as the cloud tells.
 *
 * @param arch the architecture, or null if not known
 * @param cores the number of processor cores; 0 if not known
 * @param memoryMib the memory in MiB; 0 if not known
 * @param rootDiskMib the size of the root disk in MiB; 0 if not known
 */
public record HardwareCharacteristics(@Nullable Arch arch, long cores, long memoryMib, long rootDiskMib) {

    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);

    /**
     * Creates characteristics.
     *
     * @param arch the architecture, or null if not known
     * @param cores the number of processor cores
     * @param memoryMib the memory in MiB
     * @param rootDiskMib the size of the root disk in MiB
     * @throws IllegalArgumentException if a number is negative
     */
    public HardwareCharacteristics {
        if (cores < 0 || memoryMib < 0 || rootDiskMib < 0) {
            throw new IllegalArgumentException("hardware sizes must not be negative: cores " + cores + ", memory "
                    + memoryMib + " MiB, root disk " + rootDiskMib + " MiB");
        }
    }

    /**
     * Says that nothing is known.
     *
     * @return characteristics without any value
     */
    public static HardwareCharacteristics unknown() {
        return new HardwareCharacteristics(null, 0, 0, 0);
    }

    /**
     * Makes characteristics of the values that most clouds tell.
     *
     * @param arch the architecture
     * @param cores the number of processor cores
     * @param memoryMib the memory in MiB
     * @return the characteristics
     */
    public static HardwareCharacteristics of(Arch arch, long cores, long memoryMib) {
        return new HardwareCharacteristics(arch, cores, memoryMib, 0);
    }

    /**
     * Sets the size of the root disk.
     *
     * @param mib the size in MiB
     * @return the changed copy
     */
    public HardwareCharacteristics withRootDiskMib(long mib) {
        return new HardwareCharacteristics(arch, cores, memoryMib, mib);
    }

    /**
     * Renders the values a user wants to see when a machine has been started.
     *
     * @return for example {@code arch=amd64 mem=3.5G cores=2}; what is not known is left out; memory below 1 GiB is
     *     shown in M, else in G with at most one decimal, ties rounded to the even digit
     */
    public String summary() {
        List<String> parts = new ArrayList<>();
        if (arch != null) {
            parts.add("arch=" + arch.text());
        }
        if (memoryMib > 0) {
            parts.add("mem=" + memory());
        }
        if (cores > 0) {
            parts.add("cores=" + cores);
        }
        return String.join(" ", parts);
    }

    private String memory() {
        if (memoryMib < 1024) {
            return memoryMib + "M";
        }
        BigDecimal gib = BigDecimal.valueOf(memoryMib).divide(MIB_PER_GIB, 1, RoundingMode.HALF_EVEN);
        return gib.stripTrailingZeros().toPlainString() + "G";
    }
}
