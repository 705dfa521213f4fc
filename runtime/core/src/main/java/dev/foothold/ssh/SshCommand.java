package dev.foothold.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Holds a command line for a machine's login shell, and what the command reads from standard input.
 *
 * <p>Both may hold secrets, so neither appears in {@link #toString()}. Immutable.
 */
public final class SshCommand {

    private final String line;
    private final byte[] input;

    private SshCommand(String line, byte[] input) {
        this.line = line;
        this.input = input;
    }

    /**
     * Makes a command that reads nothing.
     *
     * @param line the command line, already quoted for a POSIX shell
     * @return the command
     */
    public static SshCommand of(String line) {
        return new SshCommand(Objects.requireNonNull(line, "line"), new byte[0]);
    }

    /**
     * Sets what the command reads from standard input.
     *
     * @param text sent in UTF-8, followed by end of file
     * @return the changed copy
     */
    public SshCommand reading(String text) {
        return new SshCommand(line, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets what the command reads from standard input.
     *
     * @param bytes sent as they are, followed by end of file
     * @return the changed copy
     */
    public SshCommand reading(byte[] bytes) {
        return new SshCommand(line, bytes.clone());
    }

    /**
     * Gives the command line.
     *
     * @return the line
     */
    public String line() {
        return line;
    }

    /**
     * Gives what the command reads from standard input.
     *
     * @return a copy of the bytes; empty for none
     */
    public byte[] input() {
        return input.clone();
    }

    @Override
    public String toString() {
        return "SshCommand[" + line.length() + " characters"
                + (input.length == 0 ? "" : " < " + input.length + " bytes") + "]";
    }
}
