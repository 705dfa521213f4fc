package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Waits for conditions, and counts what may leak. */
final class Await {

    private static final String IDLE = "foothold-ssh-idle";

    private Await() {}

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            if (deadline.isOver()) {
                fail("waited 60 s for: " + what);
            }
            Thread.sleep(5);
        }
    }

    /** Counts the threads of the client, ours and sshj's, that do something. */
    static long clientThreads() {
        return threads(name -> name.startsWith("sshj") || name.startsWith("foothold-ssh") && !name.equals(IDLE));
    }

    /** Counts the threads that wait a moment for another errand, and then end. */
    static long idleThreads() {
        return threads(IDLE::equals);
    }

    private static long threads(Predicate<String> named) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(named)
                .count();
    }

    /** Counts the open file descriptors, where the system shows them; otherwise zero. */
    static long descriptors() {
        Path directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(directory)) {
            return open.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
