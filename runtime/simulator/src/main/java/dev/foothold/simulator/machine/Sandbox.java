package dev.foothold.simulator.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Keeps the files and the processes of one machine; what {@link Isolation} it gives is the implementation's. */
sealed interface Sandbox permits NamespaceSandbox, DirectorySandbox {

    /** Where the host finds the machine's {@code /}. Only for reading: links in it may lead back into the host's. */
    Path root();

    /**
     * Prepares a command inside the machine; the caller chooses the redirections and starts it.
     *
     * @param home the machine's path of the working directory
     * @param environment the whole environment, apart from what the sandbox itself has to say
     */
    ProcessBuilder command(String home, Map<String, String> environment, List<String> command);

    /**
     * The processes of a command that was started, without those of the sandbox's own; none if it has ended.
     *
     * @throws InterruptedException if interrupted while the command is not there yet
     */
    List<ProcessHandle> family(Process started) throws InterruptedException;

    /** Ends every process and empties {@code /run} and {@code /tmp}; files elsewhere stay. */
    void reboot() throws IOException, InterruptedException;

    /** Ends every process and removes every file. Doing it again does nothing. */
    void close() throws IOException;

    /** Ends a command that was started, with all that still descends from it. */
    default void kill(Process started) {
        try {
            // A process may fork while its family is being listed.
            for (int round = 0; round < 10 && started.isAlive(); round++) {
                family(started).forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.destroyForcibly();
    }
}
