package dev.foothold.ssh;

import dev.foothold.FootholdException;
import dev.foothold.network.MachineAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a machine that can be reached did not take a file: its disk is full, a directory is missing or may not be
 * written, or the content could not be read here.
 */
public class SshUploadException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** Where the file was to go. */
    private final String path;

    /**
     * Creates an exception.
     *
     * @param address the machine
     * @param path where the file was to go
     * @param reason what was wrong
     * @param cause what led to it, or null
     */
    public SshUploadException(MachineAddress address, String path, String reason, @Nullable Throwable cause) {
        super(address.hostAndPort() + ": " + path + " was not uploaded: " + reason, cause);
        this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Says where the file was to go.
     *
     * @return the path on the machine
     */
    public String path() {
        return path;
    }
}
