package dev.foothold.config;

import java.io.IOException;

/**
 * Reads the files that settings name: a key, a certificate, a token. This package does no I/O of its own.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface SettingFiles {

    /** The most bytes of a file that are read, 1 MiB: more than any key or token has. */
    int MAX_BYTES = 1 << 20;

    /**
     * Reads a file whole.
     *
     * @param path what the user wrote; a leading {@code ~/} means the home directory
     * @return its bytes, at most {@link #MAX_BYTES}
     * @throws IOException if it cannot be read; its message says why and need not name the path, for example {@code it
     *     must be a file, but is a directory}
     */
    byte[] read(String path) throws IOException;

    /**
     * Reads nothing.
     *
     * @return files none of which can be read
     */
    static SettingFiles none() {
        return path -> {
            throw new IOException("files are not read here");
        };
    }
}
