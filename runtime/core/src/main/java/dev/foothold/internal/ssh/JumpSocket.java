package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks like a socket, but its bytes go through a tunnel of a jump host, which also resolves names. */
final class JumpSocket extends Socket {

    private final JumpHosts.Lease lease;

    // Guarded by this.
    private @Nullable Tunnel tunnel;
    private boolean closed;

    JumpSocket(JumpHosts.Lease lease) {
        this.lease = lease;
    }

    /** Says where a socket shall connect to; asks the name service only for sockets that connect directly. */
    static InetSocketAddress endpoint(Socket socket, MachineAddress address) {
        return socket instanceof JumpSocket
                ? InetSocketAddress.createUnresolved(address.value(), address.sshPort())
                : new InetSocketAddress(address.value(), address.sshPort());
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        InetSocketAddress target = (InetSocketAddress) endpoint;
        Tunnel opening = new Tunnel(lease.link(), target.getHostString(), target.getPort());
        synchronized (this) {
            if (closed) {
                throw new SocketException("Socket is closed");
            }
            tunnel = opening;
        }
        opening.open();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return opened().input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return opened().output();
    }

    private synchronized Tunnel opened() throws SocketException {
        if (tunnel == null) {
            throw new SocketException("Socket is not connected");
        }
        return tunnel;
    }

    @Override
    public void close() throws IOException {
        Tunnel ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ending = tunnel;
        }
        try {
            if (ending != null) {
                ending.shut();
            }
        } finally {
            lease.close();
            super.close();
        }
    }

    /** Does nothing: that is a matter of the connection to the jump host. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }
}
