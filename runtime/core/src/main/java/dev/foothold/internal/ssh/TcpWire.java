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
import java.time.Duration;
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

    /** Who sends that much at once does not wait for acknowledgements. */
    private static final int MUCH = 16 * 1024;

    private final SocketChannel channel;
    private final Selector readable;
    private final @Nullable SocketOption<Boolean> quickAck;

    /** Made when a write has to wait for the first time, which few connections come to. Guarded by this. */
    private @Nullable Selector writable;

    private boolean closed;

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
    public InputStream input(Duration silence, Runnable onSilence) {
        return new Input(silence, onSilence);
    }

    @Override
    public OutputStream output() {
        return new Output();
    }

    @Override
    public void close() {
        try {
            channel.close();
            // Last: it wakes reader and writer, who then find the channel closed.
            readable.close();
            Selector writing = endOfWriting();
            if (writing != null) {
                writing.close();
            }
        } catch (IOException e) {
            // The connection is given up; there is nobody left to tell.
        }
    }

    private final class Input extends InputStream {

        private final long silenceMillis;
        private final Runnable onSilence;
        private int last;
        private boolean drained;

        Input(Duration silence, Runnable onSilence) {
            this.silenceMillis = silence.toMillis();
            this.onSilence = onSilence;
        }

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
            // Who got less than he asked for has got all there was.
            int count = drained ? 0 : channel.read(buffer);
            while (count == 0) {
                if (quickAck != null && last < MUCH) {
                    channel.setOption(quickAck, true);
                }
                while (!awaitInput(silenceMillis)) {
                    onSilence.run();
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while it waited for the server");
                }
                count = channel.read(buffer);
            }
            last = count;
            drained = count >= 0 && count < length;
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
                while (buffer.hasRemaining()) {
                    // Half a packet would make the rest of the connection unreadable.
                    interrupted |= Thread.interrupted();
                    awaitOutput();
                    channel.write(buffer);
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

    /** Waits for something to read, an interrupt or the end; tells whether one of them has come within some time. */
    private boolean awaitInput(long millis) throws IOException {
        try {
            return readable.select(key -> {}, millis) > 0
                    || millis == 0
                    || Thread.currentThread().isInterrupted();
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
    }

    private void awaitOutput() throws IOException {
        try {
            writable().select(key -> {}, LOOK_MILLIS);
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
    }

    private synchronized Selector writable() throws IOException {
        Selector selector = writable;
        if (selector == null) {
            if (closed) {
                throw new ClosedChannelException();
            }
            selector = Selector.open();
            writable = selector;
            channel.register(selector, SelectionKey.OP_WRITE);
        }
        return selector;
    }

    private synchronized @Nullable Selector endOfWriting() {
        closed = true;
        return writable;
    }

    private static ClosedChannelException closed(ClosedSelectorException cause) {
        ClosedChannelException closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
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
