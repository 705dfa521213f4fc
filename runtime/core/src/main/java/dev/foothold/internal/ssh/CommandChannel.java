package dev.foothold.internal.ssh;

import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * A channel on which one command runs. Three threads meet here: sshj's reader puts in what the server sends, a writer
 * ({@link #perform}) does everything that writes to the connection, and the caller takes the output out
 * ({@link #next}) and can go away at any moment.
 *
 * <p>sshj's own streams would do for one direction at a time. With both, a writer that waits for the server to take
 * more input keeps the reader from handling the end of a command that never read it.
 */
final class CommandChannel extends SessionChannel {

    /** A piece of output, as it came. */
    record Piece(SshOutput.Stream stream, byte[] bytes) {}

    /** How much output to take out before the server is allowed to send as much again. */
    private static final int CREDIT = 256 * 1024;

    /** How often the caller looks whether the connection still lives; a safety net, not the way it is told. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Link link;
    private final Queue<Piece> pieces = new ArrayDeque<>();

    // Guarded by this. Without initial values: the connection may break, and say so here, before the constructor ends.
    private boolean endOfOutput;
    private boolean finished;
    private boolean abandoned;
    private boolean wantsRoom;
    private int taken;
    private @Nullable SshResult result;
    private @Nullable Throwable failure;

    private volatile @Nullable Thread caller;

    CommandChannel(Link link) {
        super(link.connection(), StandardCharsets.UTF_8);
        this.link = link;
    }

    // ---- The caller

    /**
     * Waits for output.
     *
     * @return the next piece; empty when there will be no more
     */
    Optional<Piece> next(Deadline deadline) throws InterruptedException, TimeoutException {
        caller = Thread.currentThread();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            synchronized (this) {
                boolean over = finished || failure != null || endOfOutput && result != null || !link.isAlive();
                if (!over && deadline.isOver()) {
                    throw new TimeoutException();
                }
                Piece piece = pieces.poll();
                if (piece != null) {
                    taken += piece.bytes().length;
                    if (taken >= CREDIT) {
                        notifyAll();
                    }
                    return Optional.of(piece);
                }
                if (over) {
                    return Optional.empty();
                }
            }
            LockSupport.parkNanos(this, Math.min(LOOK.toNanos(), deadline.nanosLeft()));
        }
    }

    /** Has the caller look again. Not by the monitor, which would wake the writer for each piece of output, too. */
    private void wakeCaller() {
        LockSupport.unpark(caller);
    }

    /** Drops what still comes and has the writer close the channel. */
    synchronized void abandon() {
        abandoned = true;
        pieces.clear();
        notifyAll();
    }

    synchronized Optional<SshResult> result() {
        return Optional.ofNullable(result);
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    // ---- The writer

    /** Opens the channel, starts the command, feeds it, and closes the channel when everything is over. */
    void perform(SshCommand command) {
        try {
            open();
            exec(command.line());
            feed(command.input());
        } catch (InterruptedException | IOException | RuntimeException e) {
            fail(e);
        } finally {
            // An interrupt came from whoever abandoned the command, and has been obeyed.
            Thread.interrupted();
            closeQuietly();
        }
    }

    private void feed(byte[] input) throws IOException, InterruptedException {
        OutputStream stdin = getOutputStream();
        int sent = 0;
        boolean ended = false;
        while (true) {
            if (!ended && sent == input.length) {
                stdin.close();
                ended = true;
            }
            int credit = awaitWork(!ended);
            if (credit < 0) {
                return;
            }
            if (credit > 0) {
                lwin.expand(credit);
                trans.write(newBuffer(Message.CHANNEL_WINDOW_ADJUST).putUInt32(credit));
            }
            // Never more than the server takes now: the stream would wait for it, and everything would wait with it.
            int room = (int) Math.min(rwin.getSize(), Math.min(rwin.getMaxPacketSize(), input.length - sent));
            if (room > 0) {
                if (!isOpen()) {
                    return;
                }
                stdin.write(input, sent, room);
                stdin.flush();
                sent += room;
            }
        }
    }

    /** Waits until there is something to write; gives the credit to grant, or -1 when all is over. */
    private synchronized int awaitWork(boolean inputLeft) throws InterruptedException {
        wantsRoom = inputLeft;
        while (!finished && !abandoned && taken < CREDIT && !(inputLeft && rwin.getSize() > 0)) {
            wait();
        }
        wantsRoom = false;
        if (finished || abandoned) {
            return -1;
        }
        int credit = taken < CREDIT ? 0 : taken;
        taken -= credit;
        return credit;
    }

    private synchronized void fail(Throwable problem) {
        // Neither what fails because the server has ended the command, nor being woken by who gave it up, is a failure.
        if (failure == null && result == null && !Step.isInterrupt(problem)) {
            failure = problem;
        }
        wakeCaller();
    }

    private void closeQuietly() {
        try {
            if (isOpen()) {
                sendClose();
            }
        } catch (TransportException e) {
            fail(e);
        }
    }

    // ---- The reader

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        super.handle(message, packet);
        if (message == Message.CHANNEL_WINDOW_ADJUST) {
            synchronized (this) {
                // Others are woken only for what they wait for: that is most of what a short command costs.
                if (wantsRoom) {
                    notifyAll();
                }
            }
        }
    }

    @Override
    protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
        byte[] bytes;
        try {
            int length = packet.readUInt32AsInt();
            if (length > packet.available()) {
                throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "Bad item length: " + length);
            }
            bytes = Arrays.copyOfRange(packet.array(), packet.rpos(), packet.rpos() + length);
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
        lwin.consume(bytes.length);
        synchronized (this) {
            if (!abandoned && bytes.length > 0) {
                pieces.add(new Piece(stream == getInputStream() ? SshOutput.Stream.OUT : SshOutput.Stream.ERR, bytes));
                wakeCaller();
            }
        }
    }

    @Override
    public void handleRequest(String request, SSHPacket packet) throws ConnectionException, TransportException {
        try {
            switch (request) {
                case "exit-status" -> end(new SshResult((int) packet.readUInt32(), ""));
                case "exit-signal" -> end(new SshResult(-1, packet.readString()));
                default -> super.handleRequest(request, packet);
            }
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
    }

    private synchronized void end(SshResult how) {
        result = how;
        if (endOfOutput) {
            wakeCaller();
        }
    }

    @Override
    protected void eofInputStreams() {
        super.eofInputStreams();
        synchronized (this) {
            endOfOutput = true;
            if (result != null) {
                wakeCaller();
            }
        }
    }

    @Override
    protected void gotUnknown(Message message, SSHPacket packet) throws ConnectionException, TransportException {
        super.gotUnknown(message, packet);
        boolean tooLate;
        synchronized (this) {
            tooLate = abandoned;
        }
        if (tooLate && isOpen()) {
            // The server opened the channel after the command was given up; nobody else is left to close it.
            sendClose();
        }
    }

    @Override
    protected void finishOff() {
        super.finishOff();
        synchronized (this) {
            finished = true;
            notifyAll();
            wakeCaller();
        }
    }

    @Override
    public void notifyError(SSHException error) {
        synchronized (this) {
            if (failure == null) {
                failure = error;
            }
            notifyAll();
            wakeCaller();
        }
        super.notifyError(error);
    }
}
