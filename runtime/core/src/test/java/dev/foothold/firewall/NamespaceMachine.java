package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.testing.Tools;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A machine whose network stack is its own, with Debian's {@code sshd}, and another network namespace that stands for the
 * world outside; two links between them, {@code eth0} and {@code eth1} on the machine. Directories like {@code /etc} are
 * copies of the host's that go with the machine.
 *
 * <p>Takes root and some packages of Debian. Where it cannot run, tests are skipped; not so if {@code CI} is {@code true}.
 */
final class NamespaceMachine implements AutoCloseable {

    static final String ADDRESS = "10.0.0.5";
    static final String ADDRESS6 = "fd00::5";
    static final String OUTSIDE = "10.0.0.1";
    static final String OUTSIDE6 = "fd00::1";

    /** The machine's address at its second interface. */
    static final String SECOND_ADDRESS = "10.9.0.5";

    static final SshKeyPair USER = SshKeyPair.generate("user@test");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Held open by the pipe to its standard input. */
    private static final String OUTSIDE_START = "ip link set lo up; echo ready; exec cat";

    private static final String MACHINE_START = """
            set -e
            ip link set lo up
            mount -t sysfs sysfs /sys 2> /dev/null || :
            t=$1
            mount -t tmpfs tmpfs "$t"
            mkdir "$t/upper" "$t/work" "$t/bin" "$t/root" "$t/home"
            mount -t overlay overlay -o "lowerdir=/etc,upperdir=$t/upper,workdir=$t/work" /etc
            mount -t tmpfs tmpfs /run
            mkdir -p /run/sshd /run/network
            mount --bind "$t/root" /root
            mount --bind "$t/home" /home
            mount --bind "$t/bin" /usr/local/bin
            mkdir -p /etc/network/interfaces.d /etc/netplan /etc/iptables
            rm -rf /etc/netplan/* /etc/iptables/* /etc/nftables.d
            echo ready
            exec cat
            """;

    private final Path directory;
    private final Process outside;
    private final Process machine;
    private final List<Process> others = new ArrayList<>();
    private final End outer;
    private final End inner;
    private final SshPublicKey hostKey;
    private final MachineAddress address;

    /** Ends the test here if there can be no such machine. */
    static void require() {
        Tools.requireThat(
                Problem.FOUND.isEmpty(), "machines in network namespaces cannot run, because " + Problem.FOUND);
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
                    "/usr/sbin/iptables-restore", "iptables",
                    "/usr/sbin/netfilter-persistent", "iptables-persistent",
                    "/usr/sbin/ifup", "ifupdown",
                    "/usr/bin/sudo", "sudo",
                    "/usr/sbin/netplan", "netplan.io",
                    "/usr/bin/python3", "python3"));
            tools.keySet().removeIf(tool -> Files.isExecutable(Path.of(tool)));
            if (!tools.isEmpty()) {
                return "of Debian's packages these are missing: " + String.join(" ", tools.values());
            }
            try {
                Process process = new ProcessBuilder("unshare", "--net", "--mount", "nft", "list", "tables").start();
                return process.waitFor() == 0 ? "" : "this root may not make namespaces with nftables in them";
            } catch (IOException e) {
                return "there is no unshare";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }
    }

    /** Starts a machine that lets everything through. */
    static NamespaceMachine start(Path directory) throws IOException, InterruptedException {
        require();
        return new NamespaceMachine(directory);
    }

    private NamespaceMachine(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        outside = hold(OUTSIDE_START);
        machine = hold(MACHINE_START);
        boolean done = false;
        try {
            String there = Long.toString(machine.pid());
            sh(
                    outside,
                    "ip link add veth0 type veth peer name eth0 netns " + there
                            + "; ip link add veth1 type veth peer name eth1 netns " + there
                            + "; ip addr add " + OUTSIDE + "/24 dev veth0; ip addr add 10.9.0.1/24 dev veth1"
                            + "; ip addr add " + OUTSIDE6
                            + "/64 dev veth0 nodad; ip addr add fd09::1/64 dev veth1 nodad"
                            + "; ip link set veth0 up; ip link set veth1 up");
            run("ip addr add " + ADDRESS + "/24 dev eth0; ip addr add " + SECOND_ADDRESS + "/24 dev eth1"
                    + "; ip addr add " + ADDRESS6 + "/64 dev eth0 nodad; ip addr add fd09::5/64 dev eth1 nodad"
                    + "; ip link set eth0 up; ip link set eth1 up; ip route add default via " + OUTSIDE);
            outer = new End(outside);
            inner = new End(machine);
            hostKey = startSshd();
            int port = outer.ask(Map.of("do", "relay", "host", ADDRESS, "port", 22))
                    .asInt();
            address = new MachineAddress("127.0.0.1", AddressScope.PUBLIC, port);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private SshPublicKey startSshd() throws IOException, InterruptedException {
        SshKeyPair key = SshKeyPair.generate("");
        Path file = directory.resolve("host_key");
        Files.deleteIfExists(file);
        key.writeTo(file);
        // Where whoever logs in may read it.
        run("echo '" + USER.publicKey().line() + "' > /run/authorized_keys");
        Files.write(
                directory.resolve("sshd_config"),
                List.of(
                        "Port 22",
                        "HostKey " + file,
                        "AuthorizedKeysFile /run/authorized_keys",
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PermitRootLogin prohibit-password",
                        "UseDNS no",
                        "PrintMotd no"));
        Process sshd = in(
                        machine,
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        others.add(sshd);
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                !Files.readString(directory.resolve("sshd.log")).contains("listening on 0.0.0.0");
                Thread.sleep(5)) {
            assertThat(sshd.isAlive() && System.nanoTime() < end)
                    .as(Files.readString(directory.resolve("sshd.log")))
                    .isTrue();
        }
        return key.publicKey();
    }

    private Process hold(String script) throws IOException {
        Path mount = Files.createDirectories(directory.resolve("mount"));
        Process process = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--mount",
                        "--propagation",
                        "private",
                        "/bin/sh",
                        "-c",
                        script,
                        "machine",
                        mount.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StringBuilder answer = new StringBuilder();
        InputStream out = process.getInputStream();
        for (int c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
            answer.append((char) c);
        }
        assertThat(answer).hasToString("ready");
        return process;
    }

    /** Says where the machine's {@code sshd} is reached, by way of the world outside. */
    MachineAddress address() {
        return address;
    }

    /** Gives the key that the machine is recognised by. */
    SshPublicKey hostKey() {
        return hostKey;
    }

    /** Gives options that log in as root, and recognise the machine. */
    SshOptions login() {
        return SshOptions.defaults()
                .withUser("root")
                .withIdentity(USER)
                .trusting(List.of(hostKey))
                .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    /**
     * Adds a user who may log in, and gives the options that do.
     *
     * @param rights what goes into sudoers after the name; empty for nothing
     * @param password what {@code sudo} asks for
     */
    SshOptions login(String user, String rights, String password) throws IOException, InterruptedException {
        run("useradd --create-home --shell /bin/sh " + user + "; printf '%s\\n' "
                + ShellWord.join(List.of(user + ":" + password)) + " | chpasswd");
        if (!rights.isEmpty()) {
            run("echo '" + user + " " + rights + "' > /etc/sudoers.d/" + user + "; chmod 440 /etc/sudoers.d/" + user
                    + "; visudo --check");
        }
        return login().withUser(user);
    }

    /** Has clients that connect from now on reach another host or port, or none. */
    void relayTo(String host, int port) throws IOException {
        outer.ask(Map.of("do", "relay", "host", host, "port", port));
    }

    /** Has the machine answer on some ports, by TCP and UDP, IPv4 and IPv6. */
    void listen(Integer... ports) throws IOException {
        inner.ask(Map.of("do", "listen", "ports", List.of(ports)));
    }

    /** Runs a script on the machine as root and gives what it writes. */
    String run(String script) throws IOException, InterruptedException {
        return sh(machine, script);
    }

    /** Runs a script outside. */
    String runOutside(String script) throws IOException, InterruptedException {
        return sh(outside, script);
    }

    /** Starts something on the machine that runs until it is closed. */
    ProcessBuilder command(String... words) {
        return in(machine, words);
    }

    /** Tells which of several packets get through, all sent at once. */
    List<Boolean> probe(Duration wait, List<Packet> packets) throws IOException {
        List<Map<String, Object>> probes = new ArrayList<>();
        for (Packet packet : packets) {
            probes.add(Map.of(
                    "protocol", packet.protocol(),
                    "from", packet.from(),
                    "to", packet.to(),
                    "port", packet.port(),
                    "wait", wait.toMillis() / 1000.0));
        }
        List<Boolean> answers = new ArrayList<>();
        outer.ask(Map.of("do", "probe", "probes", probes)).forEach(answer -> answers.add(answer.asBoolean()));
        return answers;
    }

    /** Requires that packets get through. */
    void assertOpen(Packet... packets) throws IOException {
        assertThat(probe(Duration.ofSeconds(5), List.of(packets)))
                .as("what gets through of %s", List.of(packets))
                .containsOnly(true);
    }

    /** Requires that packets do not get through. */
    void assertClosed(Packet... packets) throws IOException {
        assertThat(probe(Duration.ofMillis(150), List.of(packets)))
                .as("what gets through of %s", List.of(packets))
                .containsOnly(false);
    }

    /**
     * A packet from outside that is answered if it gets through.
     *
     * @param protocol {@code tcp}, {@code udp} or {@code icmp}
     * @param from the source; empty for any
     * @param to the machine's address
     * @param port the port; 0 for ICMP
     */
    record Packet(String protocol, String from, String to, int port) {

        static Packet tcp(int port) {
            return new Packet("tcp", "", ADDRESS, port);
        }

        static Packet tcp6(int port) {
            return new Packet("tcp", "", ADDRESS6, port);
        }

        static Packet udp(int port) {
            return new Packet("udp", "", ADDRESS, port);
        }

        static Packet udp6(int port) {
            return new Packet("udp", "", ADDRESS6, port);
        }

        static Packet ping() {
            return new Packet("icmp", "", ADDRESS, 0);
        }

        static Packet ping6() {
            return new Packet("icmp", "", ADDRESS6, 0);
        }

        Packet from(String source) {
            return new Packet(protocol, source, to, port);
        }

        Packet to(String destination) {
            return new Packet(protocol, from, destination, port);
        }
    }

    private static ProcessBuilder in(Process holder, String... words) {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.pid()), "--net", "--mount", "--"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private static String sh(Process holder, String script) throws IOException, InterruptedException {
        Process shell =
                in(holder, "/bin/sh", "-ec", script).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as("%s%n%s", script, output).isZero();
        return output;
    }

    /** What acts in one of the namespaces. */
    private final class End {

        private final BufferedWriter orders;
        private final BufferedReader answers;

        End(Process holder) throws IOException {
            Path program = directory.resolve("namespace.py");
            try (InputStream in = NamespaceMachine.class.getResourceAsStream("/firewall/namespace.py")) {
                Files.write(program, in.readAllBytes());
            }
            Process process = new ProcessBuilder("/usr/bin/python3", program.toString(), Long.toString(holder.pid()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            others.add(process);
            orders = process.outputWriter();
            answers = process.inputReader();
        }

        synchronized JsonNode ask(Map<String, ?> order) throws IOException {
            orders.write(JSON.writeValueAsString(order));
            orders.newLine();
            orders.flush();
            return JSON.readTree(answers.readLine());
        }
    }

    @Override
    public void close() throws IOException {
        for (Process process : others) {
            process.destroyForcibly();
        }
        machine.destroyForcibly();
        outside.destroyForcibly();
        for (Process process : others) {
            process.onExit().join();
        }
        machine.onExit().join();
        outside.onExit().join();
    }
}
