package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.SshUpload;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Works over a connection that is set up. One thread more per command or upload, for as long as it runs. */
final class SshjSession implements SshSession {

    /** How long a writer may take to close its channel; one that cannot is stuck in a dead connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final MachineAddress address;
    private final Link link;

    SshjSession(MachineAddress address, Link link) {
        this.address = address;
        this.link = link;
    }

    @Override
    public MachineAddress address() {
        return address;
    }

    @Override
    public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!link.isAlive()) {
            throw new SshException(
                    SshFailure.CONNECTION_LOST, address, "the connection is closed; the command was not run", null);
        }
        CommandChannel channel = new CommandChannel(link);
        Errand writer = Errands.now("foothold-ssh-command-" + address, () -> channel.perform(command));
        try {
            Deadline deadline = Deadline.after(timeout);
            for (Optional<CommandChannel.Piece> piece = channel.next(deadline);
                    piece.isPresent();
                    piece = channel.next(deadline)) {
                byte[] bytes = piece.get().bytes();
                output.accept(piece.get().stream(), bytes, bytes.length);
            }
        } catch (TimeoutException e) {
            throw new SshException(
                    SshFailure.TIMED_OUT, address, "the command did not end within " + Step.text(timeout), e);
        } finally {
            channel.abandon();
            end(writer);
        }
        return channel.result().orElseThrow(() -> lost(channel.failure() == null ? link.death() : channel.failure()));
    }

    @Override
    public void upload(SshUpload upload, Duration timeout) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!link.isAlive()) {
            throw new SshException(
                    SshFailure.CONNECTION_LOST,
                    address,
                    "the connection is closed; " + upload.path() + " was not uploaded",
                    null);
        }
        Deadline deadline = Deadline.after(timeout);
        SftpUpload sftp = new SftpUpload(this, upload);
        try {
            sftp.run(deadline);
        } catch (SftpUpload.NotOffered e) {
            SshSession.super.upload(upload, Duration.ofNanos(Math.max(1, deadline.nanosLeft())));
        } catch (TimeoutException e) {
            throw new SshException(
                    SshFailure.TIMED_OUT, address, upload.path() + " was not uploaded within " + Step.text(timeout), e);
        }
    }

    Link link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public String toString() {
        return "SshSession[" + address + "]";
    }

    private void end(Errand writer) {
        writer.interrupt();
        if (!writer.await(Deadline.after(PATIENCE))) {
            link.abort();
            writer.await(Deadline.after(PATIENCE));
        }
    }

    private SshException lost(@Nullable Throwable failure) {
        String message;
        if (failure == null) {
            message = "the command gave no exit status";
        } else if (link.isAlive()) {
            message = "the server would not run the command, perhaps because too many run already: "
                    + Step.reason(failure);
        } else {
            message = "the connection broke while a command ran: " + Step.reason(failure);
        }
        return new SshException(SshFailure.CONNECTION_LOST, address, message, failure);
    }
}
