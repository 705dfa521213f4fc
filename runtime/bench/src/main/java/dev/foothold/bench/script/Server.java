package dev.foothold.bench.script;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's SSH server on the loopback interface, with SFTP, for root with a key of its own. */
final class Server implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    /** No start-up file of a shell slows anybody down: root's home is an empty directory. */
    private static final String START = """
            mount --bind "$1/home" "$HOME" && exec /usr/sbin/sshd -D -e -f "$1/sshd_config"
            """;

    private final Process process;
    private final Place place;

    private Server(Process process, Place place) {
        this.process = process;
        this.place = place;
    }

    /**
     * Says where the server is.
     *
     * @param directory holds {@code key}, the private key that is let in, and {@code host.pub}, the host key
     * @param port where it listens
     */
    record Place(Path directory, int port) {

        Path key() {
            return directory.resolve("key");
        }

        /** Gives the host key's public half, as OpenSSH writes it. */
        String hostKey() throws IOException {
            return Files.readString(directory.resolve("host.pub")).strip();
        }

        Path knownHosts() {
            return directory.resolve("known_hosts");
        }
    }

    static Server start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(Path.of("/run/sshd"));
        for (String name : List.of("key", "host")) {
            Files.deleteIfExists(directory.resolve(name));
            run(List.of(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-C",
                    "",
                    "-f",
                    directory.resolve(name).toString()));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            port = free.getLocalPort();
        }
        Place place = new Place(directory, port);
        Files.writeString(place.knownHosts(), "[" + HOST + "]:" + port + " " + place.hostKey() + "\n");
        Path configuration = directory.resolve("sshd_config");
        Files.write(
                configuration,
                List.of(
                        "ListenAddress " + HOST,
                        "Port " + port,
                        "HostKey " + directory.resolve("host"),
                        "AuthorizedKeysFile " + directory.resolve("key.pub"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PermitRootLogin prohibit-password",
                        "UseDNS no",
                        "Subsystem sftp internal-sftp"));
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "/bin/sh",
                        "-c",
                        START,
                        "sshd",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Server server = new Server(process, place);
        try {
            server.awaitListening();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    Place place() {
        return place;
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (long end = System.nanoTime() + PATIENCE; ; Thread.sleep(10)) {
            try {
                new Socket(HOST, place.port()).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException(
                            "sshd does not listen; see " + place.directory().resolve("log"), e);
                }
            }
        }
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + " failed: " + said.strip());
        }
    }

    @Override
    public void close() {
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
