package dev.foothold.internal.ssh;

import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshUpload;
import dev.foothold.ssh.SshUploadException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPException;

/**
 * What an upload that failed has left on the machine: a part of a file, which says why there is no more of it, and goes.
 *
 * <p>SFTP has one code for whatever its authors did not think of, a full disk among others. A shell says the reason.
 */
final class UploadRemains {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int LONGEST = 500;

    private static final String REMOVE = "/bin/sh -c 'IFS= read -r f; rm -f \"$f\"'";

    /** Tries what failed: to make the file, to make it longer, to write next to it. */
    private static final String ASK = "/bin/sh -c 'IFS= read -r f; IFS= read -r t; umask 077; LC_ALL=C; export LC_ALL;"
            + " if [ -d \"$t\" ]; then echo \"it is a directory\" >&2;"
            + " else head -c 262144 /dev/zero >> \"$f\"; fi; rm -f \"$f\"'";

    private final SshjSession session;
    private final String temporary;

    UploadRemains(SshjSession session, String temporary) {
        this.session = session;
        this.temporary = temporary;
    }

    /** Removes them if that can be done quickly; for callers who are on their way out for another reason. */
    void removeThroughInterrupts() {
        boolean interrupted = Thread.interrupted();
        try {
            session.run(SshCommand.of(REMOVE).reading(temporary + "\n"), SshOutput.discard(), PATIENCE);
        } catch (SshException e) {
            // A part of the file is left under its hidden name, as documented; the caller has something to say already.
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Says why an upload failed, and removes what it left. */
    RuntimeException explain(SshUpload upload, Throwable failure) throws InterruptedException {
        if (!session.link().isAlive()) {
            return new SshException(
                    SshFailure.CONNECTION_LOST,
                    session.address(),
                    "the connection broke while " + upload.path() + " was uploaded: " + Step.reason(failure),
                    failure);
        }
        String shell = ask(upload);
        String reason = failure instanceof SftpUpload.Unreadable
                ? String.valueOf(failure.getMessage())
                : shell.isEmpty() ? told(failure) : shell;
        return new SshUploadException(session.address(), upload.path(), reason, failure);
    }

    private String ask(SshUpload upload) throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            session.run(
                    SshCommand.of(ASK).reading(temporary + "\n" + upload.path() + "\n"),
                    (stream, bytes, length) ->
                            said.write(bytes, 0, Math.min(length, LONGEST - Math.min(said.size(), LONGEST))),
                    PATIENCE);
        } catch (SshException e) {
            return "";
        }
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    private static String told(Throwable failure) {
        if (failure instanceof SFTPException sftp) {
            StatusCode code = sftp.getStatusCode();
            return switch (code) {
                case NO_SUCH_FILE, NO_SUCH_PATH -> "its directory does not exist";
                case PERMISSION_DENIED, WRITE_PROTECT -> "the login user may not write there";
                case NO_SPACE_ON_FILESYSTEM -> "the disk is full";
                case QUOTA_EXCEEDED -> "the user's quota is used up";
                default -> Step.reason(failure);
            };
        }
        return Step.reason(failure);
    }
}
