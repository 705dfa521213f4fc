package dev.foothold.simulator.machine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A port where something listens that is not the SSH server it should be. Closing it closes all its connections. */
public final class BrokenPort implements AutoCloseable {

    /** Says what is wrong with a port. */
    public enum Manner {
        /** Nothing answers: the kernel has a queue for new connections that is full, and ignores further ones. */
        BLACK_HOLE,
        /** Connections are accepted, and nothing is said. */
        SILENT,
        /** Connections are accepted and closed at once. */
        DROPS,
        /** An SSH server introduces itself, and is gone when the client proposes how to encrypt. */
        DIES_IN_HANDSHAKE
    }

    private static final int SMALL_BACKLOG = 1;
    private static final int LARGE_BACKLOG = 128;
    private static final int FULL_AFTER_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 5_000;

    private static final int MOST_OPENINGS = 20;

    /** Far more than any kernel puts into a queue of one. */
    private static final int MOST_FILLERS = 50;

    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();
    private final Set<Socket> clients = new HashSet<>();
    private @Nullable Thread acceptor;
    private boolean closed;

    private BrokenPort(ServerSocket server) {
        this.server = server;
    }

    /**
     * Opens a port.
     *
     * @param address where; nothing else may listen there
     * @param manner what is wrong with it
     * @return the port, to be closed by the caller
     * @throws MachineException if the address cannot be bound, or not be made to ignore connections
     */
    public static BrokenPort open(InetSocketAddress address, Manner manner) throws MachineException {
        BrokenPort port = null;
        try {
            if (manner == Manner.BLACK_HOLE) {
                return openHole(address);
            }
            port = new BrokenPort(new ServerSocket());
            port.server.bind(address, LARGE_BACKLOG);
            port.serve(manner);
            return port;
        } catch (IOException e) {
            if (port != null) {
                port.close();
            }
            throw new MachineException("nothing can listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Clients that knock all the time may come into the queue before it is full; then they are turned out again. */
    private static BrokenPort openHole(InetSocketAddress address) throws IOException {
        int places;
        try (BrokenPort unknown = new BrokenPort(new ServerSocket())) {
            places = unknown.fill(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        for (int i = 0; i < MOST_OPENINGS; i++) {
            BrokenPort port = new BrokenPort(new ServerSocket());
            boolean full = false;
            try {
                full = port.fill(address) >= places;
                if (full) {
                    return port;
                }
            } finally {
                if (!full) {
                    port.close();
                }
            }
        }
        throw new IOException("others come into its queue before it is full");
    }

    /** Listens with a short queue and takes all its places; gives how many there were to take. */
    private int fill(InetSocketAddress address) throws IOException {
        server.bind(address, SMALL_BACKLOG);
        while (fillers.size() < MOST_FILLERS) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(server.getLocalSocketAddress(), FULL_AFTER_MILLIS);
            } catch (SocketTimeoutException full) {
                return fillers.size() - 1;
            }
        }
        throw new IOException("its queue takes any number of connections");
    }

    private void serve(Manner manner) {
        acceptor = daemon(() -> {
            while (true) {
                Socket client = server.accept();
                if (keep(client)) {
                    daemon(() -> {
                        try (client) {
                            treat(client, manner);
                        } finally {
                            forget(client);
                        }
                    });
                }
            }
        });
    }

    private static void treat(Socket client, Manner manner) throws IOException {
        if (manner == Manner.DROPS) {
            return;
        }
        InputStream in = client.getInputStream();
        if (manner == Manner.SILENT) {
            while (in.read() >= 0) {
                // It may say what it likes.
            }
            return;
        }
        client.getOutputStream().write("SSH-2.0-frail\r\n".getBytes(StandardCharsets.US_ASCII));
        int next = in.read();
        while (next >= 0 && next != '\n') {
            next = in.read();
        }
        in.read(); // the first byte of the proposal
    }

    private synchronized boolean keep(Socket client) throws IOException {
        if (closed) {
            client.close();
            return false;
        }
        clients.add(client);
        return true;
    }

    private synchronized void forget(Socket client) {
        clients.remove(client);
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(List.of(server));
        synchronized (this) {
            closed = true;
            open.addAll(fillers);
            open.addAll(clients);
        }
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                // A socket that cannot be closed is none.
            }
        }
        // The kernel keeps the port as long as somebody waits there.
        awaitEnd(acceptor);
    }

    private static void awaitEnd(@Nullable Thread thread) {
        if (thread != null) {
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The client has gone, or the port is closed.
                    }
                },
                "simulator-broken-port");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
