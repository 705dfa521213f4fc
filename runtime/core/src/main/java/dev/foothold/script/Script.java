package dev.foothold.script;

import dev.foothold.ssh.SshUpload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says what is to run on a machine as root: a bash script, the files it needs, and what becomes of it when something comes
 * in between. Immutable; the text may hold secrets and is not in {@link #toString()}.
 *
 * <p>The script runs with {@code bash --noprofile --norc}, detached from the connection, with nothing on standard input.
 * Standard output and standard error go to one file, in the order in which they are written, because that order is what
 * one reads a log for; so the stream that a line was written to is not known afterwards. Two variables are set: {@code
 * FOOTHOLD_RUN}, which counts the starts of the script from 1, and {@code FOOTHOLD_FILES}, the directory of the files that
 * were {@linkplain #withFile uploaded} with it, if there are any.
 *
 * <p>On the machine everything is below {@code run/ID} in the data directory, readable by root only: the output and the
 * exit status stay there, so that they can be read again; the script and its files go when it has ended. Nothing is
 * executed in {@code /tmp} or written there. The output is not limited; a disk that is full is named when the script
 * fails.
 */
public final class Script {

    /** How long a script may run if nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(20);

    /** How often a {@linkplain #restartable() restartable} script is started in all. */
    public static final int MOST_STARTS = 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final String id;
    private final byte[] text;
    private final Map<String, SshUpload.Content> files;
    private final Duration timeout;
    private final boolean restartable;
    private final boolean leftRunning;

    private Script(
            String id,
            byte[] text,
            Map<String, SshUpload.Content> files,
            Duration timeout,
            boolean restartable,
            boolean leftRunning) {
        this.id = id;
        this.text = text;
        this.files = files;
        this.timeout = timeout;
        this.restartable = restartable;
        this.leftRunning = leftRunning;
    }

    /**
     * Makes a script that runs once, for {@link #DEFAULT_TIMEOUT} at most, and is stopped if its caller is interrupted.
     *
     * @param id names the run on the machine, for example an operation's id and the name of a step; the same id is the same
     *     run, so a script that has run is not run again
     * @param text what bash is to run
     * @return the script
     * @throws IllegalArgumentException if the id is not 1 to 100 letters, digits, dots, underscores and hyphens, with a
     *     letter or digit first
     */
    public static Script of(String id, String text) {
        requireName("the id of a script", id);
        return new Script(id, text.getBytes(StandardCharsets.UTF_8), Map.of(), DEFAULT_TIMEOUT, false, false);
    }

    /**
     * Adds a file, for what is too large for the script's text. It is uploaded before the script starts, to the directory
     * {@code $FOOTHOLD_FILES}, and removed when the script has ended. It is not part of what tells one script from another.
     *
     * @param name the file's name there
     * @param content opens it; again if the connection breaks
     * @return the changed copy
     * @throws IllegalArgumentException if the name is not 1 to 100 letters, digits, dots, underscores and hyphens, with a
     *     letter or digit first, or is there already
     */
    public Script withFile(String name, SshUpload.Content content) {
        requireName("the name of a script's file", name);
        Map<String, SshUpload.Content> more = new LinkedHashMap<>(files);
        if (more.put(name, Objects.requireNonNull(content, "content")) != null) {
            throw new IllegalArgumentException("the script has a file \"" + name + "\" already");
        }
        return new Script(id, text, Collections.unmodifiableMap(more), timeout, restartable, leftRunning);
    }

    /**
     * Adds a local file.
     *
     * @param name the file's name on the machine
     * @param file the content
     * @return the changed copy
     * @throws IllegalArgumentException as {@link #withFile(String, SshUpload.Content)} does
     */
    public Script withFile(String name, Path file) {
        Objects.requireNonNull(file, "file");
        return withFile(name, () -> Files.newInputStream(file));
    }

    /**
     * Sets the longest that everything may take, uploads, lost connections and reboots included. A script that is not over
     * then is ended on the machine.
     *
     * @param longest greater than zero
     * @return the changed copy
     * @throws IllegalArgumentException if it is not
     */
    public Script within(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a script needs more time than " + longest);
        }
        return new Script(id, text, files, longest, restartable, leftRunning);
    }

    /**
     * Says that the script can be run again from its beginning if the machine reboots while it runs, as a script can that
     * asks before each thing whether it has been done. It is started again when the machine is back, with {@code
     * FOOTHOLD_RUN} one higher, up to {@value #MOST_STARTS} times in all; its output goes on where it ended. So a script may
     * reboot the machine: {@code [ "$FOOTHOLD_RUN" -gt 1 ] || reboot}. Files are not uploaded again; they stay until the
     * script has ended.
     *
     * <p>Any other script is not run again, as nobody knows how far it had come: that the machine has rebooted is how it
     * ended.
     *
     * @return the changed copy
     */
    public Script restartable() {
        return new Script(id, text, files, timeout, true, leftRunning);
    }

    /**
     * Says that the script goes on when its caller is interrupted. Otherwise it is ended on the machine then.
     *
     * @return the changed copy
     */
    public Script leftRunning() {
        return new Script(id, text, files, timeout, restartable, true);
    }

    /**
     * Names the run.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Gives the longest that everything may take.
     *
     * @return greater than zero
     */
    public Duration timeout() {
        return timeout;
    }

    byte[] bytes() {
        return text;
    }

    Map<String, SshUpload.Content> files() {
        return files;
    }

    int starts() {
        return restartable ? MOST_STARTS : 1;
    }

    boolean isLeftRunning() {
        return leftRunning;
    }

    String checksum() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 100 letters, digits, dots, underscores and hyphens, with a letter or digit"
                            + " first, but is \"" + name.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
    }

    @Override
    public String toString() {
        return "Script[" + id + ", " + text.length + " bytes, files " + files.keySet() + "]";
    }
}
