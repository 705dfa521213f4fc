package dev.foothold.bench.reach;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port that does not answer: it listens, its short queue is full, and nobody ever accepts from that. */
final class BlackHole implements AutoCloseable {

    /** The queue holds one more than its length; and one more for good measure. */
    private static final int FILLERS = 3;

    private final ServerSocket socket;
    private final List<SocketChannel> fillers = new ArrayList<>();

    BlackHole(String host) throws IOException {
        this.socket = new ServerSocket(Place.PORT, 1, InetAddress.getByName(host));
        for (int i = 0; i < FILLERS; i++) {
            SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress(host, Place.PORT));
        }
    }

    String address() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        socket.close();
    }
}
