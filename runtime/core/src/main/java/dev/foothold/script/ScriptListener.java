package dev.foothold.script;

import dev.foothold.ssh.SshException;

/** Is told what comes between a script and its output. Called by the thread that runs the script. */
public interface ScriptListener {

    /**
     * The connection is lost; the script goes on, and the machine is called again.
     *
     * @param failure what happened to the connection
     */
    default void lost(SshException failure) {}

    /**
     * The machine is reached again; the output goes on where it was left.
     *
     * @param offset how many bytes of the output have been delivered
     */
    default void reattached(long offset) {}

    /**
     * The script was started again, because the machine had rebooted.
     *
     * @param start which start it is, 2 for the first one after a reboot
     */
    default void restarted(int start) {}

    /**
     * Makes a listener that does nothing.
     *
     * @return the listener
     */
    static ScriptListener none() {
        return new ScriptListener() {};
    }
}
