package dev.foothold.bench.firewall;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's SSH server on the loopback interface, whose commands run in a network namespace of their own: with a firewall of
 * their own, and an {@code /etc} and a {@code /run} that go with it.
 */
final class WalledServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private static final String WALL = """
            set -e
            ip link set lo up
            mount -t tmpfs tmpfs "$1/layers"
            mkdir "$1/layers/upper" "$1/layers/work"
            mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/layers/upper,workdir=$1/layers/work" /etc
            mount -t tmpfs tmpfs /run
            mkdir -p /etc/iptables
            echo ready
            exec cat
            """;

    /** Without root's start-up files, which may take their time. */
    private static final String SERVER = """
            set -e
            mkdir -p /run/sshd
            mount --bind "$1/home" "$HOME"
            exec /usr/sbin/sshd -D -e -f "$1/sshd_config"
            """;

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final SshKeyPair user = SshKeyPair.generate("");
    private final SshKeyPair host = SshKeyPair.generate("");
    private final int port;

    private WalledServer(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            port = free.getLocalPort();
        }
    }

    /** Says why there can be no such server here; empty if there can. */
    static String problem() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "servers take root";
        }
        List<String> missing = new ArrayList<>();
        for (String tool : List.of("sshd", "ip", "nft", "iptables-restore", "ip6tables-restore")) {
            if (!Files.isExecutable(Path.of("/usr/sbin", tool))) {
                missing.add(tool);
            }
        }
        return missing.isEmpty() ? "" : "there is no " + String.join(", ", missing);
    }

    static WalledServer start() throws IOException, InterruptedException {
        String problem = problem();
        if (!problem.isEmpty()) {
            throw new IOException("There is no machine with a firewall: " + problem + ".");
        }
        WalledServer server = new WalledServer(Files.createTempDirectory("foothold-bench-"));
        boolean done = false;
        try {
            server.begin();
            done = true;
            return server;
        } finally {
            if (!done) {
                server.close();
            }
        }
    }

    private void begin() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("layers"));
        Files.createDirectory(directory.resolve("home"));
        host.writeTo(directory.resolve("host"));
        Files.writeString(directory.resolve("authorized_keys"), user.publicKey().line() + "\n");
        Process wall = new ProcessBuilder(unshared("--net", WALL))
                .redirectErrorStream(true)
                .start();
        processes.add(wall);
        StringBuilder said = new StringBuilder();
        for (int c = wall.getInputStream().read();
                c >= 0;
                c = wall.getInputStream().read()) {
            said.append((char) c);
            if (said.toString().endsWith("ready\n")) {
                break;
            }
        }
        if (!wall.isAlive()) {
            throw new IOException("The namespaces cannot be made: " + said);
        }
        Files.write(
                directory.resolve("sshd_config"),
                List.of(
                        "ListenAddress " + HOST,
                        "Port " + port,
                        "HostKey " + directory.resolve("host"),
                        "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PermitRootLogin prohibit-password",
                        "UseDNS no",
                        "ForceCommand exec nsenter --target " + wall.pid()
                                + " --net --mount -- /bin/sh -c \"$SSH_ORIGINAL_COMMAND\""));
        Process sshd = new ProcessBuilder(unshared("--mount", SERVER))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        processes.add(sshd);
        for (long end = System.nanoTime() + PATIENCE; ; Thread.sleep(10)) {
            try {
                new Socket(HOST, port).close();
                return;
            } catch (IOException e) {
                if (!sshd.isAlive() || System.nanoTime() > end) {
                    throw new IOException("sshd does not listen: " + Files.readString(directory.resolve("log")), e);
                }
            }
        }
    }

    private List<String> unshared(String namespace, String script) {
        return List.of(
                "unshare",
                namespace,
                "--mount",
                "--propagation",
                "private",
                "/bin/sh",
                "-c",
                script,
                "sh",
                directory.toString());
    }

    MachineAddress address() {
        return new MachineAddress(HOST, AddressScope.MACHINE_LOCAL, port);
    }

    SshOptions login() {
        return SshOptions.defaults().withUser("root").withIdentity(user).trusting(List.of(host.publicKey()));
    }

    /** Runs a script where the firewall is, and gives what it writes. */
    String run(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "nsenter",
                        "--target",
                        Long.toString(processes.get(0).pid()),
                        "--net",
                        "--mount",
                        "--",
                        "/bin/sh",
                        "-ec",
                        script)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (shell.waitFor() != 0) {
            throw new IOException(script + ": " + output.strip());
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(directory)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
