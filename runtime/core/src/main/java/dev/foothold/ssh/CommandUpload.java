package dev.foothold.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Uploads through commands, for servers that offer nothing better. Paths go through standard input, so that it does not
 * matter what the login shell would make of them.
 */
final class CommandUpload {

    private static final int PART = 4 * 1024 * 1024;

    private static final Duration FOR_EVER = Duration.ofDays(365L * 100);

    private static final Duration CLEANING = Duration.ofSeconds(5);

    private static final String CREATE = "/bin/sh -c 'umask 077; set -C; IFS= read -r f; : > \"$f\"'";
    private static final String APPEND = "/bin/sh -c 'IFS= read -r f; exec cat >> \"$f\"'";
    private static final String FINISH = "/bin/sh -c 'IFS= read -r f; IFS= read -r t; IFS= read -r m; IFS= read -r n;"
            + " s=$(wc -c < \"$f\") || exit 1;"
            + " [ \"$s\" -eq \"$n\" ] || { echo \"only $s of $n bytes have arrived\" >&2; exit 1; };"
            + " [ ! -d \"$t\" ] || { echo \"$t is a directory\" >&2; exit 1; };"
            + " chmod \"$m\" \"$f\" && mv -f \"$f\" \"$t\"'";
    private static final String REMOVE = "/bin/sh -c 'IFS= read -r f; rm -f \"$f\"'";

    private final SshSession session;
    private final SshUpload upload;
    private final Duration timeout;
    private final long end;

    CommandUpload(SshSession session, SshUpload upload, Duration timeout) {
        this.session = session;
        this.upload = upload;
        this.timeout = timeout;
        // So far away that adding it to the clock cannot overflow.
        this.end = System.nanoTime() + (timeout.compareTo(FOR_EVER) < 0 ? timeout : FOR_EVER).toNanos();
    }

    void run() throws InterruptedException {
        String temporary = upload.temporaryPath();
        boolean created = false;
        try (InputStream content = upload.content().open()) {
            command(CREATE, temporary + "\n", new byte[0]);
            created = true;
            long sent = 0;
            for (byte[] part = content.readNBytes(PART); part.length > 0; part = content.readNBytes(PART)) {
                command(APPEND, temporary + "\n", part);
                sent += part.length;
                upload.progress().accept(sent);
            }
            if (sent == 0) {
                upload.progress().accept(0);
            }
            command(
                    FINISH,
                    temporary + "\n" + upload.path() + "\n" + Integer.toOctalString(upload.mode()) + "\n" + sent + "\n",
                    new byte[0]);
            created = false;
        } catch (IOException e) {
            throw new SshUploadException(
                    session.address(), upload.path(), "the content cannot be read: " + e.getMessage(), e);
        } finally {
            if (created) {
                remove(temporary);
            }
        }
    }

    private void command(String line, String paths, byte[] bytes) throws InterruptedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            throw new SshException(
                    SshFailure.TIMED_OUT,
                    session.address(),
                    upload.path() + " was not uploaded within " + timeout.toMillis() + " ms",
                    null);
        }
        byte[] head = paths.getBytes(StandardCharsets.UTF_8);
        byte[] input = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, input, head.length, bytes.length);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        SshResult result = session.run(
                SshCommand.of(line).reading(input),
                (stream, output, length) -> said.write(output, 0, Math.min(length, 4096 - Math.min(said.size(), 4096))),
                left);
        if (!result.succeeded()) {
            String words = said.toString(StandardCharsets.UTF_8).strip();
            throw new SshUploadException(
                    session.address(), upload.path(), words.isEmpty() ? result.describe() : words, null);
        }
    }

    /** The failure itself is worth more than one to clean up after it. */
    private void remove(String temporary) throws InterruptedException {
        try {
            session.run(SshCommand.of(REMOVE).reading(temporary + "\n"), SshOutput.discard(), CLEANING);
        } catch (SshException e) {
            // Where the connection broke, a part of the file is left under its hidden name, as documented.
        }
    }
}
