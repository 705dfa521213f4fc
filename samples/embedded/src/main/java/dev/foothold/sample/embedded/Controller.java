package dev.foothold.sample.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The agent of the demo: a controller so small that all it does is to say where it runs. */
public final class Controller {

    private Controller() {}

    /**
     * Answers requests until it is ended.
     *
     * @param args the port to listen on, on the loopback address
     * @throws IOException if the port is taken
     */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ("the controller on " + hostName() + " is at your service, as process "
                            + ProcessHandle.current().pid())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.out.println("listening on port " + port);
    }

    private static String hostName() throws IOException {
        // Set on a machine that is only a directory.
        String root = System.getenv().getOrDefault("MACHINE_ROOT", "/");
        return Files.readString(Path.of(root, "etc/hostname")).strip();
    }
}
