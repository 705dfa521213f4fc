package dev.foothold.internal.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a socket and has the kernel acknowledge at once what comes in, where it can (TCP_QUICKACK of Linux).
 *
 * <p>Servers that wait for an acknowledgement before they send their next small packet, as OpenSSH does until the user
 * is logged in, otherwise lose 40 ms twice per connection. The kernel forgets the wish; so it is repeated before every
 * read. The option is found by its name, for it belongs to a module that need not be there.
 */
final class QuickAckInputStream extends FilterInputStream {

    private final Socket socket;
    private final @Nullable SocketOption<Boolean> quickAck;

    QuickAckInputStream(Socket socket) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.quickAck = quickAck(socket);
    }

    @Override
    public int read() throws IOException {
        arm();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        arm();
        return super.read(bytes, offset, length);
    }

    private void arm() throws IOException {
        if (quickAck != null) {
            socket.setOption(quickAck, true);
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable SocketOption<Boolean> quickAck(Socket socket) {
        for (SocketOption<?> option : socket.supportedOptions()) {
            if (option.name().equals("TCP_QUICKACK") && option.type() == Boolean.class) {
                return (SocketOption<Boolean>) option;
            }
        }
        return null;
    }
}
