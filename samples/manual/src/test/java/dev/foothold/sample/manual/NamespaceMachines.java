package dev.foothold.sample.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.config.Secret;
import dev.foothold.ssh.SshKeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Machines with Debian's {@code sshd}, each in a network namespace of its own with an address of its own, and with its own
 * view of {@code /etc}, {@code /var/lib}, {@code /run} and the homes. User {@code deploy} may log in and become root; so
 * may root.
 *
 * <p>Takes root and some packages of Debian. Where it cannot run, tests are skipped; not so if {@code CI} is {@code true}.
 */
final class NamespaceMachines implements BeforeAllCallback, AfterAllCallback {

    static final SshKeyPair USER = SshKeyPair.generate("user@desk");

    /** Of a range that is for tests of networks, and routed nowhere; not the same as those of other processes. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % 30_000));

    /** Becomes the machine; is held open by the pipe to its standard input. */
    private static final String START = """
            set -e
            t=$1
            ip link set lo up
            mount -t tmpfs tmpfs "$t"
            for d in etc lib; do mkdir "$t/$d.upper" "$t/$d.work"; done
            mount -t overlay overlay -o "lowerdir=/etc,upperdir=$t/etc.upper,workdir=$t/etc.work" /etc
            mount -t overlay overlay -o "lowerdir=/var/lib,upperdir=$t/lib.upper,workdir=$t/lib.work" /var/lib
            rm -rf /var/lib/foothold /var/lib/foothold-manual
            mkdir -p "$t/root/.ssh" "$t/home/deploy/.ssh"
            for home in "$t/root" "$t/home/deploy"; do cp "$2/authorized_keys" "$home/.ssh/"; done
            chown -R 4242:4242 "$t/home/deploy"
            chmod -R go= "$t/root" "$t/home/deploy"
            mount --bind "$t/root" /root
            mount --bind "$t/home" /home
            mount -t tmpfs tmpfs /run
            mkdir -p /run/sshd
            echo 'deploy:x:4242:4242::/home/deploy:/bin/sh' >> /etc/passwd
            echo 'deploy:x:4242:' >> /etc/group
            echo 'deploy:*:19000:0:99999:7:::' >> /etc/shadow
            mkdir -p /etc/sudoers.d
            echo 'deploy ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/deploy
            chmod 440 /etc/sudoers.d/deploy
            rm -rf /etc/ssh/*
            cp "$2/ssh_host_ed25519_key" "$2/ssh_host_ed25519_key.pub" "$2/sshd_config" /etc/ssh/
            chmod 600 /etc/ssh/ssh_host_ed25519_key
            echo ready
            read -r linked
            /usr/sbin/sshd -D -e > "$2/sshd.log" 2>&1 9>&- &
            exec cat
            """;

    private final int count;
    private final List<NamespaceMachine> machines = new ArrayList<>();
    private Path directory = Path.of("");

    private NamespaceMachines(int count) {
        this.count = count;
    }

    /** Makes some machines for a class of tests. */
    static NamespaceMachines of(int count) {
        return new NamespaceMachines(count);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (directory.toString().isEmpty()) {
            require();
            directory = Files.createTempDirectory("foothold-machines");
            for (int i = 1; i <= count; i++) {
                machines.add(new NamespaceMachine(Files.createDirectory(directory.resolve("m" + i)), "m" + i));
            }
            for (NamespaceMachine machine : machines) {
                machine.link();
            }
            for (NamespaceMachine machine : machines) {
                machine.awaitListening();
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        // Nested classes are within.
        if (context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty()) {
            machines.forEach(NamespaceMachine::close);
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Gives a machine by its number, the first of which is 1. */
    NamespaceMachine get(int number) {
        return machines.get(number - 1);
    }

    List<NamespaceMachine> all() {
        return List.copyOf(machines);
    }

    /** Writes the list of the first machines, {@code m1} and so on. */
    Path list(Path file, int howMany) throws IOException {
        StringBuilder text = new StringBuilder("machines:\n");
        for (NamespaceMachine machine : machines.subList(0, howMany)) {
            text.append(machine.entry());
        }
        return Files.writeString(file, text);
    }

    /** Makes a configuration that reads a list, logs in as user deploy, and does not wait for long. */
    static ManualConfig config(Path list) {
        return new ManualConfig(
                list, "deploy", Optional.empty(), Duration.ofSeconds(20), Duration.ofSeconds(5), Optional.empty());
    }

    static ManualCredential credential() {
        return new ManualCredential(Secret.of(USER.privateKeyText()), Optional.empty());
    }

    /** Tells whether a process runs; one that is dead may stay on as a zombie, which has no command line. */
    static boolean isAlive(String pid) throws IOException {
        Path commandLine = Path.of("/proc", pid, "cmdline");
        return Files.exists(commandLine) && !Files.readString(commandLine).isEmpty();
    }

    /** Ends the test here if there can be no such machines. */
    static void require() {
        String problem = Problem.FOUND;
        if (!problem.isEmpty()) {
            System.out.println("skipped: no machines in network namespaces, because " + problem);
        }
        assertThat(problem.isEmpty() || !"true".equals(System.getenv("CI")))
                .as("where CI=true there must be network namespaces: %s", problem)
                .isTrue();
        assumeTrue(problem.isEmpty(), problem);
    }

    /** Looked for once. */
    private static final class Problem {

        private static final String FOUND = find();

        private static String find() {
            if (!"root".equals(System.getProperty("user.name"))) {
                return "it takes root";
            }
            Map<String, String> tools = new TreeMap<>(Map.of(
                    "/usr/sbin/sshd", "openssh-server",
                    "/usr/sbin/ip", "iproute2",
                    "/usr/sbin/nft", "nftables",
                    "/usr/bin/nsenter", "util-linux",
                    "/usr/bin/sudo", "sudo"));
            tools.keySet().removeIf(tool -> Files.isExecutable(Path.of(tool)));
            if (!tools.isEmpty()) {
                return "of Debian's packages these are missing: " + String.join(" ", tools.values());
            }
            try {
                String trial = "fhtrial" + ProcessHandle.current().pid() % 100_000;
                int status = new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "unshare --net --mount true && ip link add " + trial + " type veth && ip link del "
                                        + trial)
                        .start()
                        .waitFor();
                return status == 0 ? "" : "this root may not make network namespaces and links to them";
            } catch (IOException e) {
                return "there is no shell";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }
    }

    /** One of the machines. */
    static final class NamespaceMachine {

        private final Path directory;
        private final String name;
        private final String link;
        private final String address;
        private final Process holder;

        private NamespaceMachine(Path directory, String name) throws IOException {
            this.directory = directory;
            this.name = name;
            int number = NEXT.incrementAndGet();
            this.link = "fh" + number;
            this.address =
                    "198." + (18 + number / 15_000 % 2) + "." + number % 15_000 / 125 + "." + (number % 125 * 2 + 2);
            SshKeyPair hostKey = SshKeyPair.generate("");
            hostKey.writeTo(directory.resolve("ssh_host_ed25519_key"));
            Files.writeString(
                    directory.resolve("ssh_host_ed25519_key.pub"),
                    hostKey.publicKey().line() + "\n");
            Files.writeString(
                    directory.resolve("authorized_keys"), USER.publicKey().line() + "\n");
            Files.write(
                    directory.resolve("sshd_config"),
                    List.of(
                            "Port 22",
                            "HostKey /etc/ssh/ssh_host_ed25519_key",
                            "PidFile none",
                            "UsePAM no",
                            "PasswordAuthentication no",
                            "KbdInteractiveAuthentication no",
                            "PermitRootLogin prohibit-password",
                            "UseDNS no",
                            "PrintMotd no"));
            holder = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--mount",
                            "--propagation",
                            "private",
                            "/bin/sh",
                            "-c",
                            START,
                            "machine",
                            Files.createDirectory(directory.resolve("mount")).toString(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        private void link() throws IOException, InterruptedException {
            StringBuilder said = new StringBuilder();
            InputStream out = holder.getInputStream();
            for (int c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
                said.append((char) c);
            }
            assertThat(said).hasToString("ready");
            int last = Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
            String host = address.substring(0, address.lastIndexOf('.') + 1) + (last - 1);
            sh(
                    List.of(),
                    "ip link add " + link + " type veth peer name eth0 netns " + holder.pid() + "; ip addr add " + host
                            + " peer " + address + "/32 dev " + link + "; ip link set " + link + " up");
            run("ip addr add " + address + " peer " + host + "/32 dev eth0; ip link set eth0 up");
            holder.getOutputStream().write('\n');
            holder.getOutputStream().flush();
        }

        private void awaitListening() throws IOException, InterruptedException {
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); ; Thread.sleep(5)) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, 22), 1000);
                    return;
                } catch (IOException e) {
                    if (!holder.isAlive() || System.nanoTime() > end) {
                        throw new IOException(
                                "sshd does not listen: " + Files.readString(directory.resolve("sshd.log")), e);
                    }
                }
            }
        }

        String name() {
            return name;
        }

        String address() {
            return address;
        }

        /** Gives the machine's part of the list. */
        String entry() throws IOException {
            return "  " + name + ":\n    address: " + address + "\n    host-keys:\n      - " + hostKey() + "\n";
        }

        /** Gives the host key that the machine was made with. */
        String hostKey() throws IOException {
            return Files.readString(directory.resolve("ssh_host_ed25519_key.pub"))
                    .strip();
        }

        /** Runs a script on the machine as root and gives what it writes. */
        String run(String script) throws IOException, InterruptedException {
            return sh(List.of("nsenter", "--target", Long.toString(holder.pid()), "--net", "--mount", "--"), script);
        }

        /** Tells whether there is a claim, or anything of Foothold's, on the machine. */
        boolean isClean() throws IOException, InterruptedException {
            return run("ls -d /var/lib/foothold /var/lib/foothold-manual/* 2> /dev/null || :;"
                            + " cat /home/deploy/.ssh/authorized_keys")
                    .replace("/var/lib/foothold-manual/lock\n", "")
                    .equals(USER.publicKey().line() + "\n");
        }

        /** Pulls the plug of the network: nobody answers, and nobody says that nobody does. */
        void unplug() throws IOException, InterruptedException {
            run("ip link set eth0 down");
        }

        /** Refuses every connection, also those that are open. */
        void refuse() throws IOException, InterruptedException {
            run("nft 'table inet refuse { chain input { type filter hook input priority 0; tcp dport 22 reject with tcp"
                    + " reset; }; }'");
        }

        /** Lets the network through again, whatever kept it out. */
        void plug() throws IOException, InterruptedException {
            run("ip link set eth0 up; nft flush ruleset");
        }

        /** Lets nobody in any more, also not those that are in. */
        void lockOut() throws IOException, InterruptedException {
            run("for home in /root /home/deploy; do mv $home/.ssh/authorized_keys $home/.ssh/away; done");
            sessions().forEach(ProcessHandle::destroyForcibly);
        }

        void letIn() throws IOException, InterruptedException {
            run("for home in /root /home/deploy; do mv $home/.ssh/away $home/.ssh/authorized_keys; done");
        }

        private List<ProcessHandle> sessions() {
            return holder.children().flatMap(ProcessHandle::descendants).toList();
        }

        private void close() {
            try (Stream<ProcessHandle> family = holder.descendants()) {
                family.toList().forEach(ProcessHandle::destroyForcibly);
            }
            holder.destroyForcibly();
            holder.onExit().join();
        }

        private static String sh(List<String> where, String script) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(where);
            command.addAll(List.of("/bin/sh", "-ec", script));
            Process shell =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            shell.getOutputStream().close();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as("%s%n%s", script, output).isZero();
            return output;
        }

        @Override
        public String toString() {
            try {
                return name + ": " + Files.readString(directory.resolve("sshd.log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
