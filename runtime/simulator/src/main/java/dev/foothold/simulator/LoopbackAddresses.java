package dev.foothold.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives every machine a loopback address of its own. A UDP socket bound to the address and the SSH port marks it as
 * taken: UDP and TCP ports are apart, so the mark keeps other clouds on this host away for as long as the machine
 * lives, while its SSH port still refuses connections.
 */
final class LoopbackAddresses {
    private static final int PER_CLOUD = 250 * 250;
    private static final boolean WHOLE_BLOCK = canBind();

    private final int port;
    private int last;

    LoopbackAddresses(int port) {
        this.port = port;
    }

    /** An address that is this machine's until it is closed; without a mark, it is only a name. */
    record Lease(List<Address> addresses, @Nullable DatagramChannel mark) implements AutoCloseable {
        InetSocketAddress ssh() {
            Address first = addresses.get(0);
            return new InetSocketAddress(first.value(), first.port());
        }

        @Override
        public void close() throws IOException {
            if (mark != null) {
                mark.close();
            }
        }
    }

    private static boolean canBind() {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.bind(new InetSocketAddress("127.83.0.1", 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Names the next address without taking it. */
    synchronized Lease name() {
        return lease(next(), port, null);
    }

    /** Takes the next address that is free. */
    synchronized Lease take() throws IOException {
        for (int attempt = 0; attempt < PER_CLOUD; attempt++) {
            int number = next();
            int candidate = WHOLE_BLOCK ? port : freePort();
            DatagramChannel mark = DatagramChannel.open();
            try {
                mark.bind(new InetSocketAddress(WHOLE_BLOCK ? spell(83, number) : "127.0.0.1", candidate));
                return lease(number, candidate, mark);
            } catch (SocketException e) {
                mark.close(); // another cloud's
            } catch (IOException | RuntimeException e) {
                mark.close();
                throw e;
            }
        }
        throw new IOException("all " + PER_CLOUD + " addresses of 127.83.0.0/16 are taken on port " + port);
    }

    private int next() {
        last = last % PER_CLOUD + 1;
        return last;
    }

    private static Lease lease(int number, int port, @Nullable DatagramChannel mark) {
        String open = WHOLE_BLOCK || mark == null ? spell(83, number) : "127.0.0.1";
        return new Lease(
                List.of(
                        new Address(open, Address.Scope.PUBLIC, port),
                        new Address(spell(84, number), Address.Scope.PRIVATE, port)),
                mark);
    }

    private static String spell(int block, int number) {
        return "127." + block + "." + (number - 1) / 250 + "." + ((number - 1) % 250 + 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
