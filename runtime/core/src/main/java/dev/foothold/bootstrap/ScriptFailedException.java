package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.script.ScriptEnd;
import dev.foothold.ssh.SshResult;
import java.util.List;

/** Tells that a script failed on the machine, how it ended, and what it wrote last. */
public class ScriptFailedException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** The script's exit status; -1 if there is none. */
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
        this(host, "the configuration script", result.describe(), result.exitStatus(), tail);
    }

    /**
     * Creates an exception.
     *
     * @param host the machine
     * @param script what to call the script, for example {@code the configuration script}
     * @param end how it ended
     * @param tail the last lines it wrote
     */
    public ScriptFailedException(String host, String script, ScriptEnd end, List<String> tail) {
        this(host, script, end.describe(), end.exitStatus(), tail);
    }

    private ScriptFailedException(String host, String script, String end, int exitStatus, List<String> tail) {
        super(script + " failed on " + host + " with " + end
                + (tail.isEmpty() ? "; it wrote nothing" : "; its last lines were:\n  " + String.join("\n  ", tail)));
        this.exitStatus = exitStatus;
        this.tail = List.copyOf(tail);
    }

    /**
     * Gives the exit status.
     *
     * @return 1 to 255; -1 if there is none, because the time was over, the machine rebooted or the script vanished
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
