package dev.foothold.machine;

/** Converts disk sizes between the units constraints and clouds use, and knows the smallest root disk. */
public final class DiskSizes {

    private static final long MIB_PER_GIB = 1024;
    private static final long MIN_ROOT_DISK_GIB = 8;

    private DiskSizes() {}

    /**
     * Converts MiB to whole GiB, rounding up, so that a disk is never smaller than asked for.
     *
     * @param mib an unsigned 64-bit number; values above {@link Long#MAX_VALUE} are written as negative ones
     * @return the smallest number of GiB that holds it
     */
    public static long mibToGib(long mib) {
        long whole = Long.divideUnsigned(mib, MIB_PER_GIB);
        return Long.remainderUnsigned(mib, MIB_PER_GIB) == 0 ? whole : whole + 1;
    }

    /**
     * Gives the smallest root disk a machine can do its work with.
     *
     * @param base the operating system on it; all need the same today
     * @return the size in GiB: 8
     */
    public static long minRootDiskSizeGib(Base base) {
        return MIN_ROOT_DISK_GIB;
    }
}
