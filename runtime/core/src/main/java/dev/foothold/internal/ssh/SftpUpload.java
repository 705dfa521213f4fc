package dev.foothold.internal.ssh;

import dev.foothold.ssh.SshUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.RenameFlags;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;

/**
 * One upload over SFTP. A thread of its own does the work; the caller waits for it, and can go away at any moment.
 */
final class SftpUpload {

    /** Tells that the server does not speak SFTP. */
    static final class NotOffered extends IOException {

        private static final long serialVersionUID = 1L;

        NotOffered(IOException cause) {
            super("the server does not offer SFTP", cause);
        }
    }

    /** Tells that the file that is to be uploaded cannot be read here. */
    static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super("the content cannot be read: " + Step.reason(cause), cause);
        }
    }

    /** Keeps a server busy that is near. OpenSSH's takes several times as long for each request of a longer queue. */
    private static final int SHORT_PIPELINE = 16;

    /** With the usual 32 KiB per request, as much as OpenSSH takes in advance. */
    private static final int LONG_PIPELINE = 64;

    /** How many bytes per second a pipeline should be able to carry, however far away the server is. */
    private static final long FAST = 100_000_000;

    /** Servers refuse larger requests. */
    private static final int LARGEST_BLOCK = 128 * 1024;

    private static final Duration REPORT = Duration.ofMillis(100);

    /** How long the worker may take to close its channel; one that cannot is stuck in a dead connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int NO_TIMEOUT = 0;

    private final SshjSession session;
    private final Link link;
    private final SshUpload upload;
    private final String temporary;

    // Guarded by this.
    private long sent;
    private boolean finished;
    private @Nullable Throwable failure;

    SftpUpload(SshjSession session, SshUpload upload) {
        this.session = session;
        this.link = session.link();
        this.upload = upload;
        this.temporary = upload.temporaryPath();
    }

    // ---- The caller

    /**
     * Does it; whatever happens, the worker has ended afterwards, and nothing is left if that can be helped.
     *
     * @throws NotOffered if the server does not speak SFTP
     */
    void run(Deadline deadline) throws NotOffered, InterruptedException, TimeoutException {
        Thread worker = new Thread(this::perform, "foothold-ssh-upload-" + session.address());
        worker.setDaemon(true);
        worker.start();
        UploadRemains remains = new UploadRemains(session, temporary);
        Throwable problem;
        boolean ended = false;
        try {
            problem = await(deadline);
            ended = true;
        } finally {
            worker.interrupt();
            if (!Deadline.after(PATIENCE).join(worker)) {
                link.abort();
                Deadline.after(PATIENCE).join(worker);
            }
            if (!ended) {
                remains.removeThroughInterrupts();
            }
        }
        if (problem instanceof NotOffered notOffered && link.isAlive()) {
            throw notOffered;
        }
        if (problem != null) {
            throw remains.explain(upload, problem);
        }
    }

    /** Waits for the end and tells the listener on the way; gives what failed, or null. */
    private @Nullable Throwable await(Deadline deadline) throws InterruptedException, TimeoutException {
        long told = -1;
        while (true) {
            long now;
            boolean over;
            synchronized (this) {
                if (!finished && link.isAlive()) {
                    deadline.awaitAtMost(REPORT, this);
                }
                now = sent;
                over = finished || !link.isAlive();
                if (over && failure != null) {
                    return failure;
                }
            }
            if (now > told && (now > 0 || over)) {
                upload.progress().accept(now);
                told = now;
            }
            if (over) {
                return finished() ? null : new IOException("the connection is closed");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (deadline.isOver()) {
                throw new TimeoutException();
            }
        }
    }

    private synchronized boolean finished() {
        return finished;
    }

    // ---- The worker

    private void perform() {
        Throwable problem = null;
        try {
            put();
        } catch (IOException | InterruptedException | RuntimeException e) {
            problem = e;
        }
        synchronized (this) {
            failure = problem;
            finished = true;
            notifyAll();
        }
    }

    private void put() throws IOException, InterruptedException {
        SftpChannel channel = new SftpChannel(link);
        try (SFTPEngine sftp = open(channel)) {
            try (InputStream content = content()) {
                write(sftp, channel, content);
                replace(sftp);
            }
        } finally {
            // Where SFTP is not offered, there is no engine to close it.
            if (channel.isOpen()) {
                channel.close();
            }
        }
    }

    private static SFTPEngine open(SftpChannel channel) throws IOException {
        channel.open();
        SFTPEngine sftp;
        try {
            sftp = new SFTPEngine(channel);
            sftp.setTimeoutMs(NO_TIMEOUT);
            sftp.init();
        } catch (IOException e) {
            throw new NotOffered(e);
        }
        return sftp;
    }

    private InputStream content() throws Unreadable {
        try {
            return upload.content().open();
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private void write(SFTPEngine sftp, SftpChannel channel, InputStream content)
            throws IOException, InterruptedException {
        FileAttributes closed = new FileAttributes.Builder()
                .withPermissions(SshUpload.DEFAULT_MODE)
                .build();
        long asked = System.nanoTime();
        try (RemoteFile file =
                sftp.open(temporary, EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL), closed)) {
            long roundTrip = System.nanoTime() - asked;
            int overhead = file.getOutgoingPacketOverhead();
            byte[] block = new byte[Math.min(LARGEST_BLOCK, channel.getRemoteMaxPacketSize() - overhead)];
            long total = 0;
            try (RemoteFile.RemoteFileOutputStream out =
                    file.new RemoteFileOutputStream(0, pipeline(roundTrip, block.length))) {
                for (int length = read(content, block); length > 0; length = read(content, block)) {
                    channel.awaitRoom(length + overhead);
                    out.write(block, 0, length);
                    total += length;
                    synchronized (this) {
                        sent = total;
                    }
                }
            }
            long arrived = file.length();
            if (arrived != total) {
                throw new IOException("only " + arrived + " of " + total + " bytes have arrived");
            }
            file.setAttributes(
                    new FileAttributes.Builder().withPermissions(upload.mode()).build());
        }
    }

    /** Says how many requests of a size to keep on their way to a server that answers one in so many nanoseconds. */
    private static int pipeline(long roundTrip, int size) {
        double bytes = roundTrip / 1e9 * FAST;
        return (int) Math.min(LONG_PIPELINE, Math.max(SHORT_PIPELINE, bytes / size));
    }

    private static int read(InputStream content, byte[] block) throws Unreadable {
        try {
            return content.readNBytes(block, 0, block.length);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private void replace(SFTPEngine sftp) throws IOException {
        if (sftp.supportsServerExtension("posix-rename", "openssh.com")) {
            sftp.rename(temporary, upload.path(), EnumSet.of(RenameFlags.OVERWRITE));
            return;
        }
        try {
            sftp.rename(temporary, upload.path(), EnumSet.noneOf(RenameFlags.class));
        } catch (SFTPException e) {
            // Old servers do not replace files.
            if (e.getStatusCode() != StatusCode.FAILURE && e.getStatusCode() != StatusCode.FILE_ALREADY_EXISTS) {
                throw e;
            }
            sftp.remove(upload.path());
            sftp.rename(temporary, upload.path(), EnumSet.noneOf(RenameFlags.class));
        }
    }
}
