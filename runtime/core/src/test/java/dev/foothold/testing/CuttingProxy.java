package dev.foothold.testing;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that can be cut: at once, or when some bytes have come back over it. */
public final class CuttingProxy implements AutoCloseable {

    private final MachineAddress target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong allowance = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean refusing;

    /** Opens a way to a server, on a free port of the loopback interface. */
    public CuttingProxy(MachineAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start("cutting-proxy", this::accept);
    }

    /** Says where clients come in. */
    public MachineAddress address() {
        return new MachineAddress("127.0.0.1", AddressScope.PUBLIC, server.getLocalPort());
    }

    /** Counts the connections that have been made. */
    public int accepted() {
        return accepted.get();
    }

    /** Cuts all connections without a word. */
    public void cut() {
        sockets.forEach(CuttingProxy::reset);
        sockets.clear();
    }

    /** Cuts all connections once, when so many bytes have come from the server. */
    public void cutAfter(long bytes) {
        allowance.set(bytes);
    }

    /** Lets nobody through any more, or everybody again. */
    public void refuse(boolean all) {
        refusing = all;
        if (all) {
            cut();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            Socket client = null;
            try {
                client = server.accept();
                if (refusing) {
                    reset(client);
                    continue;
                }
                Socket onward = new Socket(target.value(), target.sshPort());
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                onward.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accepted.incrementAndGet();
                sockets.add(client);
                sockets.add(onward);
                Socket way = client;
                start("cutting-proxy-up", () -> pump(way, onward, false));
                start("cutting-proxy-down", () -> pump(onward, way, true));
            } catch (IOException e) {
                // The server is gone, or the proxy is closed; a client sees its connection end.
                if (client != null) {
                    reset(client);
                }
            }
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] bytes = new byte[32 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (counted && allowance.get() < Long.MAX_VALUE && allowance.addAndGet(-count) < 0) {
                    allowance.set(Long.MAX_VALUE);
                    cut();
                    return;
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One side is gone; so goes the other.
        } finally {
            reset(from);
            reset(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more anyway.
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
