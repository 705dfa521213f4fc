package dev.foothold.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;

/**
 * Says what file to put where on a machine.
 *
 * <p>The content may hold secrets and is not in {@link #toString()}. Immutable; the content is read once per upload.
 *
 * <pre>{@code
 * session.upload(
 *         SshUpload.of(Path.of("agent.tgz"), "/var/lib/acme/agent.tgz").withMode(0640).reporting(bytes -> show(bytes)),
 *         Duration.ofMinutes(5));
 * }</pre>
 */
public final class SshUpload {

    /** The mode of files if no other is asked for: nobody but their owner reads or writes them. */
    public static final int DEFAULT_MODE = 0600;

    private static final int ALL_MODES = 07777;

    private final Content content;
    private final String path;
    private final int mode;
    private final LongConsumer progress;

    private SshUpload(Content content, String path, int mode, LongConsumer progress) {
        this.content = content;
        this.path = path;
        this.mode = mode;
        this.progress = progress;
    }

    /** Opens what is to be uploaded; again, if it has to be uploaded again. */
    @FunctionalInterface
    public interface Content {

        /**
         * Opens the content at its beginning.
         *
         * @return a stream that the caller closes
         * @throws IOException if it cannot be read
         */
        InputStream open() throws IOException;
    }

    /**
     * Uploads bytes.
     *
     * @param bytes the content
     * @param path the file on the machine; absolute, or relative to where a login begins
     * @return an upload with mode {@code 0600}
     * @throws IllegalArgumentException if the path is blank, ends with a slash, or has control characters
     */
    public static SshUpload of(byte[] bytes, String path) {
        byte[] copy = bytes.clone();
        return of(() -> new ByteArrayInputStream(copy), path);
    }

    /**
     * Uploads a local file.
     *
     * @param file the content
     * @param path the file on the machine; absolute, or relative to where a login begins
     * @return an upload with mode {@code 0600}
     * @throws IllegalArgumentException if the path is blank, ends with a slash, or has control characters
     */
    public static SshUpload of(Path file, String path) {
        Objects.requireNonNull(file, "file");
        return of(() -> Files.newInputStream(file), path);
    }

    /**
     * Uploads a stream. It is never in memory as a whole.
     *
     * @param content opens the stream
     * @param path the file on the machine; absolute, or relative to where a login begins
     * @return an upload with mode {@code 0600}
     * @throws IllegalArgumentException if the path is blank, ends with a slash, or has control characters
     */
    public static SshUpload of(Content content, String path) {
        if (path.isBlank() || path.endsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the path of an upload must name a file and have no control characters, but is \""
                            + path.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        return new SshUpload(Objects.requireNonNull(content, "content"), path, DEFAULT_MODE, bytes -> {});
    }

    /**
     * Sets the file's mode, whatever the machine's mask is.
     *
     * @param bits permission bits, for example {@code 0755}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not from 0 to 07777
     */
    public SshUpload withMode(int bits) {
        if (bits < 0 || bits > ALL_MODES) {
            throw new IllegalArgumentException(
                    "a file mode is from 0 to 07777, but is 0" + Integer.toOctalString(bits));
        }
        return new SshUpload(content, path, bits, progress);
    }

    /**
     * Sets who is told how far the upload is.
     *
     * @param listener gets how many bytes are on their way or there, now and then, ascending, and once at the end; called
     *     by the thread that uploads. What it throws ends the upload and reaches the caller
     * @return the changed copy
     */
    public SshUpload reporting(LongConsumer listener) {
        return new SshUpload(content, path, mode, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Gives the content.
     *
     * @return opens it
     */
    public Content content() {
        return content;
    }

    /**
     * Gives the place on the machine.
     *
     * @return the file's path
     */
    public String path() {
        return path;
    }

    /**
     * Gives the file's mode.
     *
     * @return permission bits
     */
    public int mode() {
        return mode;
    }

    /**
     * Gives who is told how far the upload is.
     *
     * @return the listener
     */
    public LongConsumer progress() {
        return progress;
    }

    /**
     * Makes up a name for the file while it is not whole: next to its place, hidden, and different each time.
     *
     * @return a path in the same directory
     */
    public String temporaryPath() {
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, name) + "." + path.substring(name) + ".foothold-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    @Override
    public String toString() {
        return "SshUpload[" + path + ", mode 0" + Integer.toOctalString(mode) + "]";
    }
}
