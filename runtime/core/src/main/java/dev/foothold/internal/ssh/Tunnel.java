package dev.foothold.internal.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * A channel through which a jump host forwards bytes to another host and back.
 *
 * <p>sshj's own streams are not used, because they let the jump host's reading thread wait for the reader or the writer
 * of one tunnel, and with it all other tunnels.
 */
final class Tunnel extends DirectConnection {

    /** How much to take out before the jump host is allowed to send as much again. */
    private static final int CREDIT = 256 * 1024;

    private final Queue<byte[]> pieces = new ArrayDeque<>();

    // Guarded by this. Without initial values: the connection may break, and say so here, before the constructor ends.
    private boolean endOfInput;
    private boolean finished;
    private boolean shut;
    private int taken;
    private int offset;
    private @Nullable SSHException failure;

    Tunnel(Link jump, String host, int port) {
        super(jump.connection(), host, port);
    }

    InputStream input(Duration silence, Runnable onSilence) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                while (!awaitPiece(silence)) {
                    onSilence.run();
                }
                return take(bytes, from, length);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                for (int sent = 0; sent < length; ) {
                    sent += put(bytes, from + sent, length - sent);
                }
            }
        };
    }

    /** Ends the tunnel; whoever reads or writes learns of it. */
    void shut() {
        synchronized (this) {
            shut = true;
            pieces.clear();
            notifyAll();
        }
        try {
            if (isOpen()) {
                sendClose();
            }
        } catch (TransportException e) {
            // The connection to the jump host is broken, and the tunnel with it.
        }
    }

    private int take(byte[] bytes, int from, int length) throws IOException {
        int count;
        int credit = 0;
        synchronized (this) {
            if (shut) {
                throw new IOException("the tunnel to " + getRemoteHost() + " is closed");
            }
            byte[] piece = pieces.peek();
            if (piece == null) {
                if (failure != null) {
                    throw failure;
                }
                return -1;
            }
            count = Math.min(length, piece.length - offset);
            System.arraycopy(piece, offset, bytes, from, count);
            offset += count;
            if (offset == piece.length) {
                pieces.remove();
                offset = 0;
            }
            taken += count;
            if (taken >= CREDIT) {
                credit = taken;
                taken = 0;
            }
        }
        if (credit > 0 && isOpen()) {
            lwin.expand(credit);
            trans.write(newBuffer(Message.CHANNEL_WINDOW_ADJUST).putUInt32(credit));
        }
        return count;
    }

    private int put(byte[] bytes, int from, int length) throws IOException {
        awaitRoom();
        if (!isOpen()) {
            throw new IOException("the jump host has closed the connection to " + getRemoteHost());
        }
        // Never more than the jump host takes now: the stream would wait for it.
        int room = (int) Math.min(rwin.getSize(), Math.min(rwin.getMaxPacketSize(), length));
        getOutputStream().write(bytes, from, room);
        getOutputStream().flush();
        return room;
    }

    /** Not ended by an interrupt: half a packet would make the rest of the connection unreadable. */
    private synchronized void awaitRoom() {
        boolean interrupted = false;
        while (rwin.getSize() == 0 && !shut && !finished && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to read, or for the end; tells whether it has come within some time. */
    private synchronized boolean awaitPiece(Duration silence) throws IOException {
        Deadline deadline = silence.isZero() ? Deadline.never() : Deadline.after(silence);
        try {
            while (pieces.isEmpty() && !endOfInput && !shut && failure == null) {
                if (deadline.isOver()) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, deadline.nanosLeft());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    // ---- The jump host's reading thread

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        super.handle(message, packet);
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
        byte[] piece;
        try {
            int length = packet.readUInt32AsInt();
            if (length < 0 || length > packet.available()) {
                throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "Bad item length: " + length);
            }
            piece = Arrays.copyOfRange(packet.array(), packet.rpos(), packet.rpos() + length);
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
        lwin.consume(piece.length);
        synchronized (this) {
            if (!shut && piece.length > 0) {
                pieces.add(piece);
            }
        }
    }

    @Override
    protected void eofInputStreams() {
        synchronized (this) {
            endOfInput = true;
            notifyAll();
        }
    }

    @Override
    protected void closeAllStreams() {
        eofInputStreams();
    }

    @Override
    protected void gotUnknown(Message message, SSHPacket packet) throws ConnectionException, TransportException {
        super.gotUnknown(message, packet);
        boolean tooLate;
        synchronized (this) {
            tooLate = shut;
        }
        if (tooLate && isOpen()) {
            // The channel was opened after it was given up; nobody else is left to close it.
            sendClose();
        }
    }

    @Override
    protected void finishOff() {
        super.finishOff();
        synchronized (this) {
            endOfInput = true;
            finished = true;
            notifyAll();
        }
    }

    @Override
    public void notifyError(SSHException error) {
        synchronized (this) {
            if (failure == null) {
                failure = error;
            }
            notifyAll();
        }
        super.notifyError(error);
    }
}
