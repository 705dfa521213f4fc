package dev.foothold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Debian's {@code sshd} on a loopback address of its own. It lives in mount namespaces of its own, in which {@code
 * /etc/ssh}, {@code /run/sshd} and root's home are directories of the test: what is done to them is done to nobody else.
 *
 * <p>Takes root. Where it cannot run, tests are skipped; not so if {@code CI} is {@code true}.
 */
public final class OpenSshServer implements AutoCloseable {

    /** The key pair that is let in, as root. */
    public static final SshKeyPair USER = SshKeyPair.generate("user@test");

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final AtomicInteger COUNT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 7 % 60_000));

    /** Mounts over what belongs to the host, and becomes the server. */
    private static final String START = """
            set -e
            mkdir -p /run/sshd
            mount --bind "$1/etc" /etc/ssh
            mount -t tmpfs -o mode=755 tmpfs /run/sshd
            mount --bind "$1/root" "$HOME"
            exec /usr/sbin/sshd -D -e -f /etc/ssh/sshd_config
            """;

    private final Path directory;
    private final MachineAddress address;
    private final Process process;

    private OpenSshServer(Path directory, MachineAddress address, Process process) {
        this.directory = directory;
        this.address = address;
        this.process = process;
    }

    /** Ends the test here if there can be no such server. */
    public static void require() {
        Tools.requireThat(Problem.FOUND.isEmpty(), "Debian's sshd cannot run, because " + Problem.FOUND);
    }

    /** Looked for once. */
    private static final class Problem {

        private static final String FOUND = find();

        private static String find() {
            if (!Files.isExecutable(SSHD)) {
                return "openssh-server is not installed";
            }
            if (!"root".equals(System.getProperty("user.name"))) {
                return "it takes root";
            }
            try {
                int status = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "true")
                        .start()
                        .waitFor();
                return status == 0 ? "" : "this root may not make mount namespaces";
            } catch (IOException e) {
                return "there is no unshare";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }
    }

    /**
     * Starts a server with an Ed25519 host key of its own.
     *
     * @param directory empty; for the server alone
     * @param configuration further lines of its configuration; they win over the usual ones
     */
    public static OpenSshServer start(Path directory, String... configuration)
            throws IOException, InterruptedException {
        require();
        int number = COUNT.incrementAndGet();
        String host = "127." + (90 + number / 60_000 % 30) + "." + (1 + number / 240 % 250) + "." + (1 + number % 240);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            port = free.getLocalPort();
        }
        Path etc = Files.createDirectories(directory.resolve("etc"));
        Path home = Files.createDirectories(
                directory.resolve("root"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/authorized_keys"), USER.publicKey().line() + "\n");
        SshKeyPair hostKey = SshKeyPair.generate("");
        hostKey.writeTo(etc.resolve("ssh_host_ed25519_key"));
        Files.writeString(
                etc.resolve("ssh_host_ed25519_key.pub"), hostKey.publicKey().line() + "\n");
        List<String> lines = new ArrayList<>(List.of(configuration));
        lines.addAll(List.of(
                "ListenAddress " + host,
                "Port " + port,
                "HostKey /etc/ssh/ssh_host_ed25519_key",
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "UseDNS no",
                "PrintMotd no"));
        Files.write(etc.resolve("sshd_config"), lines);
        ProcessBuilder builder = new ProcessBuilder(
                "unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", START, "sshd", directory.toString());
        builder.environment().put("HOME", "/root");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        MachineAddress address = new MachineAddress(host, AddressScope.PUBLIC, port);
        OpenSshServer server = new OpenSshServer(directory, address, process);
        server.awaitListening();
        return server;
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); ; Thread.sleep(5)) {
            try {
                new Socket(address.value(), address.sshPort()).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    close();
                    throw new IOException("sshd does not listen: " + log(), e);
                }
            }
        }
    }

    /** Has the server read its files again; its host keys among them. */
    public void reload() throws IOException, InterruptedException {
        int before = log().split("SIGHUP", -1).length;
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                log().split("SIGHUP", -1).length == before && System.nanoTime() < end; ) {
            Thread.sleep(5);
        }
        awaitListening();
    }

    /** Runs a script as root where the server is. */
    public void run(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "nsenter", "--target", Long.toString(process.pid()), "--mount", "--", "/bin/sh", "-ec", script)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
    }

    /** Says where the server listens. */
    public MachineAddress address() {
        return address;
    }

    /** Gives the host key that is in the server's files now; it may not have read it yet. */
    public SshPublicKey hostKey() throws IOException {
        return SshPublicKey.parse(Files.readString(etc().resolve("ssh_host_ed25519_key.pub")));
    }

    /** Gives the directory that the server sees as {@code /etc/ssh}. */
    public Path etc() {
        return directory.resolve("etc");
    }

    /** Gives the directory that the server sees as root's home. */
    public Path home() {
        return directory.resolve("root");
    }

    /** Gives what the server has written. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
    }

    /** Gives options that log in to this server, with the host key that is in its files now. */
    public SshOptions options() throws IOException {
        return SshOptions.defaults()
                .withUser("root")
                .withIdentity(USER)
                .trusting(List.of(hostKey()))
                .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        // Its sessions first: they do not end with the server.
        try (Stream<ProcessHandle> family = process.descendants()) {
            family.toList().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
        process.onExit().join();
    }
}
