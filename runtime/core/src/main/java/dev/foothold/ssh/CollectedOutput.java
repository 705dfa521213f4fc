package dev.foothold.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Keeps what a remote command writes, for commands that write little: up to {@value #MOST_BYTES} bytes of each stream, and
 * drops what follows. Safe for use by the thread that runs the command; read it when the command has ended.
 * <pre>{@code
 * CollectedOutput said = new CollectedOutput();
 * SshResult result = session.run(SshCommand.of("uname -r"), said, Duration.ofSeconds(30));
 * String kernel = said.out().strip();
 * }</pre>
 */
public final class CollectedOutput implements SshOutput {

    /** How much is kept of each stream. */
    public static final int MOST_BYTES = 1 << 20;

    private final Map<Stream, ByteArrayOutputStream> kept = new EnumMap<>(Stream.class);
    private boolean cut;

    /** Creates an output that has kept nothing yet. */
    public CollectedOutput() {
        for (Stream stream : Stream.values()) {
            kept.put(stream, new ByteArrayOutputStream());
        }
    }

    @Override
    public void accept(Stream stream, byte[] bytes, int length) {
        ByteArrayOutputStream to = kept.get(stream);
        int taken = Math.min(length, MOST_BYTES - to.size());
        to.write(bytes, 0, taken);
        cut |= taken < length;
    }

    /**
     * Gives what was written to standard output.
     *
     * @return the text, read as UTF-8; what is none is replaced by U+FFFD
     */
    public String out() {
        return text(Stream.OUT);
    }

    /**
     * Gives what was written to standard error.
     *
     * @return the text, read as UTF-8; what is none is replaced by U+FFFD
     */
    public String err() {
        return text(Stream.ERR);
    }

    /**
     * Tells whether something was dropped.
     *
     * @return true if one of the streams was longer than {@value #MOST_BYTES} bytes
     */
    public boolean isCut() {
        return cut;
    }

    private String text(Stream stream) {
        return kept.get(stream).toString(StandardCharsets.UTF_8);
    }
}
