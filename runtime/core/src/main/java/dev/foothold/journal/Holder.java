package dev.foothold.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Names the process that holds a claim, so that others can find out whether it still runs.
 *
 * <p>Nothing in it is a time of day: the clocks of hosts differ, and jump.
 *
 * @param host the name of the host, for people
 * @param boot identifies one run of one kernel and the process ids that belong together in it; empty if it is not known
 * @param pid the process id
 * @param start when the process began, in the kernel's ticks since the host was started; 0 if it is not known
 */
public record Holder(String host, String boot, long pid, long start) {

    private static final Path PROCESSES = Path.of("/proc");

    /** Always there, and mostly somebody else's. */
    private static final Path FIRST_PROCESS = PROCESSES.resolve("1");

    /** The fields of {@code /proc/PID/stat} that follow the name, which may hold anything. */
    private static final int STATE = 0;

    private static final int START = 19;

    /** Says what is known about a process. */
    public enum Life {
        /** It runs. */
        ALIVE,
        /** It has ended, which is proved. */
        GONE,
        /** It cannot be told from here: it runs, or ran, on another host or in another container. */
        UNKNOWN
    }

    /**
     * Creates a name.
     *
     * @param host the name of the host
     * @param boot identifies one run of one kernel and the process ids that belong together in it, or empty
     * @param pid the process id
     * @param start when the process began, in ticks since the host was started, or 0
     */
    public Holder {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(boot, "boot");
    }

    /**
     * Names this process.
     *
     * @return on Linux with all that is needed to prove later that it has ended
     */
    public static Holder current() {
        return Current.HOLDER;
    }

    /**
     * Finds out whether the process runs. That it has ended is proved only to a process that sees the same process ids
     * of the same run of the same kernel: there is no process of that id, or one that began at another time. Where a
     * system hides the processes of others, it proves nothing that one is not seen.
     *
     * @return what this process can tell
     */
    public Life life() {
        Holder observer = current();
        if (boot.isEmpty() || start == 0 || !boot.equals(observer.boot)) {
            return Life.UNKNOWN;
        }
        try {
            String[] fields = fields(PROCESSES.resolve(Long.toString(pid)));
            boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return ended || Long.parseLong(fields[START]) != start ? Life.GONE : Life.ALIVE;
        } catch (NoSuchFileException e) {
            return Files.exists(FIRST_PROCESS) ? Life.GONE : Life.UNKNOWN;
        } catch (IOException | RuntimeException e) {
            // What cannot be read proves nothing. A process that ends meanwhile gives a failure of its own.
            return Life.UNKNOWN;
        }
    }

    /**
     * Describes the process for messages.
     *
     * @return for example {@code process 4711 on host build-3}
     */
    public String describe() {
        return "process " + pid + " on host " + host;
    }

    private static String[] fields(Path process) throws IOException {
        String text = Files.readString(process.resolve("stat"));
        return text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
    }

    /** Asked for once, as nothing of it changes. */
    private static final class Current {

        static final Holder HOLDER = find();

        private static Holder find() {
            long pid = ProcessHandle.current().pid();
            String host = read(Path.of("/proc/sys/kernel/hostname"));
            if (host.isEmpty()) {
                host = System.getenv()
                        .getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", "unknown"));
            }
            try {
                String kernel = read(Path.of("/proc/sys/kernel/random/boot_id"));
                // Containers share the kernel, but each counts its processes by itself.
                String ids =
                        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
                long start = Long.parseLong(fields(PROCESSES.resolve("self"))[START]);
                return new Holder(host, kernel.isEmpty() ? "" : kernel + " " + ids, pid, start);
            } catch (IOException | RuntimeException e) {
                return new Holder(host, "", pid, 0);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException | RuntimeException e) {
                return "";
            }
        }
    }
}
