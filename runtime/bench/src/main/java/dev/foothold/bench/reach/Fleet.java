package dev.foothold.bench.reach;

import dev.foothold.bootstrap.CheckNonce;
import dev.foothold.ssh.SshKeyPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's {@code sshd} many times, each with an address and a host key of its own. All are in namespaces of their own,
 * in which {@code /etc/ssh}, {@code /run/sshd} and root's home are directories of the fleet: nothing is done to the
 * host's, and no start-up file of a shell slows anybody down. They end with the process that started them, whatever
 * becomes of it.
 */
final class Fleet implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final long PATIENCE_SECONDS = 60;

    /** First process of the namespace: when it ends, the kernel ends all others; and it ends with its input. */
    private static final String INIT = """
            set -e
            mkdir -p /run/sshd
            mount --bind "$1/etc" /etc/ssh
            mount -t tmpfs -o mode=755 tmpfs /run/sshd
            mount --bind "$1/home" "$HOME"
            set +e
            while read -r verb number; do
                case $verb in
                    start) /usr/sbin/sshd -D -e -f "/etc/ssh/config.$number" & eval "pid_$number=\\$!" ;;
                    stop) eval "kill \\$pid_$number; wait \\$pid_$number"; echo "Stopped $number" ;;
                esac
            done
            """;

    private final Place place;
    private final Process init;
    private final Writer commands;
    /** When what was told; guarded by itself. */
    private final Map<String, Long> told = new HashMap<>();

    private final StringBuilder log = new StringBuilder();

    private Fleet(Place place, Process init) {
        this.place = place;
        this.init = init;
        this.commands = init.outputWriter(StandardCharsets.UTF_8);
        Thread listener = new Thread(this::listen, "fleet");
        listener.setDaemon(true);
        listener.start();
    }

    /** Says why there can be no fleet here; empty if there can. */
    static String problem() throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "servers take root";
        }
        if (!Files.isExecutable(SSHD)) {
            return "openssh-server is not installed";
        }
        try {
            int status = new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "--propagation", "private", "true")
                    .start()
                    .waitFor();
            return status == 0 ? "" : "this root may not make namespaces";
        } catch (IOException e) {
            return "there is no unshare";
        }
    }

    /**
     * Prepares machines; none of them is started.
     *
     * @param machines how many
     */
    static Fleet of(int machines) throws IOException, InterruptedException {
        String problem = problem();
        if (!problem.isEmpty()) {
            throw new IOException("There are no machines to reach: " + problem + ".");
        }
        Place place = new Place(Files.createTempDirectory("foothold-bench"));
        boolean made = false;
        try {
            write(place, machines);
            String directory = place.directory().toString();
            ProcessBuilder builder = new ProcessBuilder(
                    "unshare",
                    "--mount",
                    "--pid",
                    "--fork",
                    "--kill-child",
                    "--mount-proc",
                    "--propagation",
                    "private",
                    "/bin/sh",
                    "-c",
                    INIT,
                    "init",
                    directory);
            builder.environment().put("HOME", home());
            Fleet fleet = new Fleet(place, builder.redirectErrorStream(true).start());
            made = true;
            return fleet;
        } finally {
            if (!made) {
                delete(place.directory());
            }
        }
    }

    private static void write(Place place, int machines) throws IOException {
        Path etc = Files.createDirectory(place.directory().resolve("etc"));
        Path home = Files.createDirectory(
                place.directory().resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        SshKeyPair user = SshKeyPair.generate("");
        user.writeTo(place.key());
        Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/authorized_keys"), user.publicKey().line() + "\n");
        Files.createDirectory(home.resolve("data"));
        Files.writeString(home.resolve("data/nonce.txt"), nonce() + "\n");
        List<String> known = new ArrayList<>();
        for (int machine = 0; machine < machines; machine++) {
            SshKeyPair hostKey = SshKeyPair.generate("");
            hostKey.writeTo(etc.resolve("key." + machine));
            known.add("[" + Place.host(machine) + "]:" + Place.PORT + " "
                    + hostKey.publicKey().line());
            Files.write(
                    etc.resolve("config." + machine),
                    List.of(
                            "ListenAddress " + Place.host(machine),
                            "Port " + Place.PORT,
                            "HostKey /etc/ssh/key." + machine,
                            "PidFile none",
                            "UsePAM no",
                            "StrictModes no",
                            // Who has an RSA key may know no other way to sign with it than SHA-1; see rsaKey().
                            "PubkeyAcceptedAlgorithms +ssh-rsa",
                            "PasswordAuthentication no",
                            "KbdInteractiveAuthentication no",
                            "PermitRootLogin prohibit-password",
                            "UseDNS no",
                            "PrintMotd no"));
        }
        Files.write(place.knownHosts(), known);
    }

    /** Gives the script that asks a machine for its proof. */
    static String nonceScript() {
        return CheckNonce.script(home() + "/data", nonce());
    }

    private static String nonce() {
        return "the-machine-that-was-waited-for";
    }

    private static String home() {
        return System.getProperty("user.home");
    }

    Place place() {
        return place;
    }

    /**
     * Makes a second key that is let in, after the one of {@link Place#key()}: for a client that reads nothing but RSA
     * in PKCS #1.
     *
     * @return the file of the private key; it has no passphrase
     */
    Path rsaKey() throws IOException, InterruptedException {
        Path key = place.directory().resolve("key.rsa");
        new Tool(
                        "ssh-keygen",
                        List.of(
                                "ssh-keygen",
                                "-q",
                                "-t",
                                "rsa",
                                "-b",
                                "2048",
                                "-m",
                                "PEM",
                                "-N",
                                "",
                                "-f",
                                key.toString()),
                        Map.of(),
                        place.directory().resolve("log"))
                .run();
        Files.writeString(
                place.directory().resolve("home/.ssh/authorized_keys"),
                Files.readString(Path.of(key + ".pub")),
                StandardOpenOption.APPEND);
        return key;
    }

    /**
     * Writes a configuration with which OpenSSH's client logs in, and which keeps it off all files of the user.
     *
     * @param name of the file
     * @param more further lines
     */
    Path clientConfig(String name, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "User " + Place.USER,
                "Port " + Place.PORT,
                "IdentityFile " + place.key(),
                "IdentitiesOnly yes",
                "UserKnownHostsFile " + place.knownHosts(),
                "GlobalKnownHostsFile none",
                "StrictHostKeyChecking yes",
                "BatchMode yes",
                "LogLevel ERROR"));
        lines.addAll(List.of(more));
        return Files.write(place.directory().resolve(name), lines);
    }

    /** Has the first machines started, and waits until they listen. */
    void startAll(int machines) throws IOException, InterruptedException {
        for (int machine = 0; machine < machines; machine++) {
            tell("start " + machine);
        }
        for (int machine = 0; machine < machines; machine++) {
            await(listening(machine));
        }
    }

    /**
     * Starts a machine.
     *
     * @return when its port began to listen, by {@link System#nanoTime()}
     */
    long start(int machine) throws IOException, InterruptedException {
        tell("start " + machine);
        return await(listening(machine));
    }

    /** Stops a machine and waits until it has ended. */
    void stop(int machine) throws IOException, InterruptedException {
        tell("stop " + machine);
        await("Stopped " + machine);
        synchronized (told) {
            told.remove(listening(machine));
            told.remove("Stopped " + machine);
        }
    }

    private static String listening(int machine) {
        return "Server listening on " + Place.host(machine) + " port " + Place.PORT + ".";
    }

    private void tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    private void listen() {
        try (BufferedReader reader = init.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                long now = System.nanoTime();
                if (line.startsWith("Accepted ") || line.startsWith("Received ") || line.startsWith("Disconnected ")) {
                    continue;
                }
                synchronized (told) {
                    told.put(line.strip(), now);
                    log.append(line).append('\n');
                    told.notifyAll();
                }
            }
        } catch (IOException e) {
            // The fleet is being closed.
        }
    }

    private long await(String line) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (told) {
            while (!told.containsKey(line)) {
                long left = end - System.nanoTime();
                if (left <= 0 || !init.isAlive()) {
                    throw new IOException("The machines did not say \"" + line + "\", but:\n" + log);
                }
                TimeUnit.NANOSECONDS.timedWait(told, Math.min(left, TimeUnit.MILLISECONDS.toNanos(500)));
            }
            return told.get(line);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            commands.close();
        } catch (IOException e) {
            // It has ended already.
        }
        // Its end is the end of all that is in its namespace.
        init.descendants().forEach(ProcessHandle::destroyForcibly);
        init.destroyForcibly();
        init.onExit().join();
        delete(place.directory());
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
