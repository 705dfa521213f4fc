package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.ssh.SshResult;
import java.util.List;

/** Tells that the configuration script failed on the machine, and what the machine wrote last. */
public class ScriptFailedException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** The script's exit status; -1 if a signal killed it. */
    private final int exitStatus;

    private final transient List<String> tail;

    /**
     * Creates an exception.
     *
     * @param host the machine
     * @param result how the script ended
     * @param tail the last lines it wrote
     */
    public ScriptFailedException(String host, SshResult result, List<String> tail) {
        super("the configuration script failed on " + host + " with " + result.describe()
                + (tail.isEmpty() ? "; it wrote nothing" : "; its last lines were:\n  " + String.join("\n  ", tail)));
        this.exitStatus = result.exitStatus();
        this.tail = List.copyOf(tail);
    }

    /**
     * Gives the exit status.
     *
     * @return 1 to 255; -1 if the script was killed by a signal
     */
    public int exitStatus() {
        return exitStatus;
    }

    /**
     * Gives what the machine wrote last.
     *
     * @return lines, oldest first
     */
    public List<String> tail() {
        return tail;
    }
}
