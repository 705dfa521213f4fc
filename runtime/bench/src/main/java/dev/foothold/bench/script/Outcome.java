package dev.foothold.bench.script;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Says what one run was like.
 *
 * @param seconds how long it took
 * @param firstByte how long the first byte of output took, in seconds; not a number for an upload
 * @param heap the most heap that was in use, in MB; not a number outside of Java
 */
record Outcome(double seconds, double firstByte, double heap) {

    static Outcome ofStream(Contender contender) throws Exception {
        resetHeap();
        long[] first = {0};
        long[] count = {0};
        long start = System.nanoTime();
        contender.stream(bytes -> {
            if (count[0] == 0) {
                first[0] = System.nanoTime();
            }
            count[0] += bytes;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        if (count[0] != Contender.OUTPUT) {
            throw new IllegalStateException(count[0] + " bytes of output instead of " + Contender.OUTPUT);
        }
        return new Outcome(seconds, (first[0] - start) / 1e9, heapPeak());
    }

    static Outcome ofUpload(Contender contender, Path archive, Path directory) throws Exception {
        resetHeap();
        long start = System.nanoTime();
        contender.upload(archive, directory);
        return new Outcome((System.nanoTime() - start) / 1e9, Double.NaN, heapPeak());
    }

    /** Gives the smallest of everything: what else the machine does only ever adds. */
    Outcome least(Outcome other) {
        return new Outcome(
                Math.min(seconds, other.seconds), Math.min(firstByte, other.firstByte), Math.min(heap, other.heap));
    }

    static Outcome parse(String text) {
        String[] words = text.strip().split(" ");
        return new Outcome(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    String text() {
        return String.format(Locale.ROOT, "%f %s %s", seconds, firstByte, heap);
    }

    private static void resetHeap() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static double heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / 1e6;
    }
}
