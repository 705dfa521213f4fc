package dev.foothold.internal.ssh;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that treats every connection as a test wants it to, and keeps it open unless told otherwise. */
final class RawServer implements AutoCloseable {

    /** What happens to a connection. */
    @FunctionalInterface
    interface Treatment {
        void apply(Socket client) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    RawServer(Treatment treatment) throws IOException {
        daemon(() -> {
            while (true) {
                Socket client = server.accept();
                accepted.incrementAndGet();
                clients.add(client);
                daemon(() -> treatment.apply(client));
            }
        });
    }

    static RawServer saying(String text) throws IOException {
        return new RawServer(client -> say(client, text));
    }

    static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    /** Reads what the client sends, up to the end of a line. */
    static void skipLine(Socket client) throws IOException {
        int next = client.getInputStream().read();
        while (next >= 0 && next != '\n') {
            next = client.getInputStream().read();
        }
    }

    MachineAddress address() {
        return new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, server.getLocalPort());
    }

    int accepted() {
        return accepted.get();
    }

    void dropClients() throws IOException {
        for (Socket client = clients.poll(); client != null; client = clients.poll()) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropClients();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // The client has gone, or the test is over.
                    }
                },
                "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
