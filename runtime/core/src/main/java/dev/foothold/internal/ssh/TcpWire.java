package dev.foothold.internal.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection. Its channel does not block, because one that does is closed by the JDK whenever a thread that uses
 * it is interrupted; readers and writers wait on selectors instead.
 *
 * <p>The kernel is asked to acknowledge at once what comes in, where it can (TCP_QUICKACK of Linux). Servers that wait
 * for an acknowledgement before they send their next small packet, as OpenSSH does until the user is logged in,
 * otherwise lose 40 ms twice per connection. The kernel forgets the wish; so it is repeated before every wait. The
 * option is found by its name, for it belongs to a module that need not be there.
 */
final class TcpWire implements Wire {

    /** How soon a writer that waits for the server to read on notices that the wire was closed. */
    private static final long LOOK_MILLIS = 100;

    private final SocketChannel channel;
    private final Selector readable;
    private final @Nullable SocketOption<Boolean> quickAck;

    /** Takes over a channel that is connected and does not block, and a selector for it; closes both if that fails. */
    TcpWire(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.readable = selector;
        this.quickAck = quickAck(channel);
        boolean made = false;
        try {
            // Registered before or not.
            channel.register(selector, SelectionKey.OP_READ);
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    @Override
    public InputStream input() {
        return new Input();
    }

    @Override
    public OutputStream output() {
        return new Output();
    }

    @Override
    public void close() {
        try {
            channel.close();
            // Last: it wakes the reader, who then finds the channel closed.
            readable.close();
        } catch (IOException e) {
            // The connection is given up; there is nobody left to tell.
        }
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            int count = channel.read(buffer);
            while (count == 0) {
                if (quickAck != null) {
                    channel.setOption(quickAck, true);
                }
                awaitInput();
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while it waited for the server");
                }
                count = channel.read(buffer);
            }
            return count;
        }

        @Override
        public void close() {
            TcpWire.this.close();
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            boolean interrupted = false;
            try {
                channel.write(buffer);
                if (buffer.hasRemaining()) {
                    try (Selector writable = Selector.open()) {
                        channel.register(writable, SelectionKey.OP_WRITE);
                        while (buffer.hasRemaining()) {
                            // Half a packet would make the rest of the connection unreadable.
                            interrupted |= Thread.interrupted();
                            writable.select(key -> {}, LOOK_MILLIS);
                            channel.write(buffer);
                        }
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            TcpWire.this.close();
        }
    }

    private void awaitInput() throws IOException {
        try {
            readable.select(key -> {});
        } catch (ClosedSelectorException e) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable SocketOption<Boolean> quickAck(SocketChannel channel) {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals("TCP_QUICKACK") && option.type() == Boolean.class) {
                return (SocketOption<Boolean>) option;
            }
        }
        return null;
    }
}
