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

    /** Ends every process and empties {@code /run} and {@code /tmp}; files elsewhere stay. */
    void reboot() throws IOException, InterruptedException;

    /** Ends every process and removes every file. Doing it again does nothing. */
    void close() throws IOException;

    /** Ends a process and all that it started and that still is its descendant. */
    static void kill(Process process) {
        // A process may fork while its family is being listed.
        for (int round = 0; round < 10; round++) {
            List<ProcessHandle> family = process.descendants().toList();
            if (family.isEmpty()) {
                break;
            }
            family.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }
}
