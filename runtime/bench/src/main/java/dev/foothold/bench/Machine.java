package dev.foothold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Knows what a measurement was made on, and what the kernel has counted; both on Linux only. */
public final class Machine {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, which Linux promises to programs

    private Machine() {}

    /** Names the processor; the architecture if no more is known. */
    public static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*?:\\s*", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /**
     * Tells how long processors have worked for the processes that this one started and that have ended.
     *
     * @return seconds; not a number if the system does not tell
     */
    public static double secondsOfChildren() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // After the program's name, which may contain anything: state is field 3, cutime 16, cstime 17.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
