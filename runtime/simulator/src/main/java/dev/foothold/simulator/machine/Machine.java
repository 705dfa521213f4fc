package dev.foothold.simulator.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;

/**
 * One machine that runs: files, processes and, once it has been told to listen, an SSH server. Its host key and its
 * login keys are files inside it and are read at every connection, so scripts can replace them.
 *
 * <p>Safe for use by several threads; {@link #boot} and {@link #reboot} are called one at a time.
 */
public final class Machine implements AutoCloseable {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String HIDDEN = ".hidden";
    private static final List<String> BASH = List.of("/bin/bash", "--noprofile", "--norc");

    private final Sandbox sandbox;
    private final SshFront front;
    private final String hostname;
    private volatile Set<String> users = Set.of();
    private volatile @Nullable InetSocketAddress address;
    private volatile @Nullable PenaltyBook penalties;
    private volatile boolean admitsUsers = true;
    private volatile boolean closed;

    Machine(Sandbox sandbox, SshFront front, String hostname) {
        this.sandbox = sandbox;
        this.front = front;
        this.hostname = hostname;
    }

    /**
     * Applies user data and waits for the end of its scripts. What goes wrong in them is in the machine's
     * {@code /var/log/cloud-init-output.log} and is not an error here, as on any cloud.
     *
     * @param userData {@code #cloud-config} text, or nothing
     * @param defaultUser the login user that the image comes with
     * @param os the image's operating system, for example {@code ubuntu}
     * @param osVersion the image's version, for example {@code 24.04}
     * @param ownHostKey whether it makes a host key of its own even if its user data holds one
     * @throws MachineException if no script can run in the machine
     * @throws InterruptedException if interrupted; the scripts are ended
     */
    public void boot(byte[] userData, String defaultUser, String os, String osVersion, boolean ownHostKey)
            throws MachineException, InterruptedException {
        UserData data = CloudConfigReader.read(userData, defaultUser);
        try {
            KeyPair key = ownHostKey ? HostKey.generate() : hostKey(data);
            BootScript.Identity identity =
                    new BootScript.Identity(hostname, os, osVersion, HostKey.privateText(key), HostKey.publicText(key));
            users = Set.copyOf(new TreeSet<>(data.users().keySet()));
            run(BootScript.render(identity, data));
        } catch (IOException e) {
            throw new MachineException("machine " + hostname + " cannot run its boot scripts: " + e.getMessage(), e);
        }
    }

    private static KeyPair hostKey(UserData data) {
        if (data.hostKey().isPresent()) {
            try {
                return HostKey.parse(data.hostKey().get().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                data.notes().add("ssh_keys: ed25519_private was ignored: " + e.getMessage());
            }
        }
        return HostKey.generate();
    }

    private void run(String script) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("PATH", PATH, "HOME", "/root", "USER", "root", "LANG", "C.UTF-8");
        List<String> command = new ArrayList<>(BASH);
        // The script has secrets in it: it comes through a pipe, where no list of processes shows it.
        command.addAll(List.of("-c", "eval \"$(exec cat)\""));
        Process process = sandbox.command("/", environment, command)
                .redirectErrorStream(true)
                .start();
        try {
            IOException broken = null;
            try (OutputStream in = process.getOutputStream()) {
                in.write(script.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                broken = e;
            }
            // What the script says is in the machine's log: only a shell that did not get that far says anything here.
            if (process.waitFor() != 0 || broken != null) {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                throw new IOException(
                        "the shell ended with status " + process.exitValue() + " " + said.strip(), broken);
            }
        } finally {
            if (process.isAlive()) {
                sandbox.kill(process);
            }
        }
    }

    /**
     * Puts a file that scripts have written out of sight.
     *
     * @param file the file; one that is not there is fine
     * @throws MachineException if no script can run in the machine
     * @throws InterruptedException if interrupted
     */
    public void hide(String file) throws MachineException, InterruptedException {
        tamper("[ ! -e " + BootScript.quote(file) + " ] || mv " + BootScript.quote(file) + " "
                + BootScript.quote(file + HIDDEN));
    }

    /**
     * Brings a file back that was hidden.
     *
     * @param file the file
     * @throws MachineException if no script can run in the machine
     * @throws InterruptedException if interrupted
     */
    public void show(String file) throws MachineException, InterruptedException {
        tamper("[ ! -e " + BootScript.quote(file + HIDDEN) + " ] || mv " + BootScript.quote(file + HIDDEN) + " "
                + BootScript.quote(file));
    }

    /**
     * Writes something else into a file that scripts have written.
     *
     * @param file the file; one that is not there is fine
     * @throws MachineException if no script can run in the machine
     * @throws InterruptedException if interrupted
     */
    public void falsify(String file) throws MachineException, InterruptedException {
        tamper("[ ! -e " + BootScript.quote(file) + " ] || echo something else >" + BootScript.quote(file));
    }

    private void tamper(String line) throws MachineException, InterruptedException {
        try {
            run("cd \"${MACHINE_ROOT-/}\" && " + line + "\n");
        } catch (IOException e) {
            throw new MachineException("machine " + hostname + " keeps its files as they are: " + e.getMessage(), e);
        }
    }

    /**
     * Lets the machine's SSH server answer.
     *
     * @param address where; nothing else may listen there
     * @param penalties whether it turns away clients that have failed too often
     * @param admitsUsers whether it lets anybody in yet; if not, {@link #admitUsers} does
     * @throws MachineException if the address cannot be bound
     */
    public void listen(InetSocketAddress address, boolean penalties, boolean admitsUsers) throws MachineException {
        this.penalties = penalties ? new PenaltyBook(System::nanoTime) : null;
        this.admitsUsers = admitsUsers;
        try {
            front.open(address, this);
            this.address = address;
        } catch (IOException e) {
            throw new MachineException(
                    "the SSH server of machine " + hostname + " cannot listen on " + address + ": " + e.getMessage(),
                    e);
        }
        if (closed) {
            hangUp();
        }
    }

    /** Lets users in from now on. */
    public void admitUsers() {
        admitsUsers = true;
    }

    /**
     * Counts the connections that the SSH server has turned away since it began to listen.
     *
     * @return their number
     */
    public int turnedAway() {
        PenaltyBook book = penalties;
        return book == null ? 0 : book.turnedAway();
    }

    /** The accounts of the SSH server's clients; null if it keeps none. */
    @Nullable
    PenaltyBook penalties() {
        return penalties;
    }

    /**
     * Ends the SSH server, its connections and every process, and empties {@code /run} and {@code /tmp}. The machine
     * stays silent until it is told to {@link #listen} again; user data is not applied again.
     *
     * @throws MachineException if the machine does not come back
     * @throws InterruptedException if interrupted
     */
    public void reboot() throws MachineException, InterruptedException {
        hangUp();
        try {
            sandbox.reboot();
        } catch (IOException e) {
            throw new MachineException("machine " + hostname + " did not reboot: " + e.getMessage(), e);
        }
    }

    /**
     * Ends the machine: its SSH server, its processes and its files. Doing it again does nothing.
     *
     * @throws MachineException if something of it could not be removed
     */
    @Override
    public void close() throws MachineException {
        closed = true;
        hangUp();
        try {
            sandbox.close();
        } catch (IOException e) {
            throw new MachineException("machine " + hostname + " left something behind: " + e.getMessage(), e);
        }
    }

    private void hangUp() {
        InetSocketAddress bound = address;
        if (bound != null) {
            front.close(bound);
            address = null;
        }
    }

    /** Starts a command of a login user, or that user's shell. */
    Process start(String user, Map<String, String> wanted, @Nullable String line) throws IOException {
        Map<String, String> environment = new HashMap<>(wanted);
        environment.putIfAbsent("LANG", "C.UTF-8");
        environment.putAll(Map.of(
                "PATH", PATH, "HOME", BootScript.home(user), "USER", user, "LOGNAME", user, "SHELL", "/bin/bash"));
        List<String> command = new ArrayList<>(BASH);
        if (line != null) {
            command.addAll(List.of("-c", line));
        }
        return sandbox.command(BootScript.home(user), environment, command).start();
    }

    /** The processes of a command that was started, which are there a moment later. */
    List<ProcessHandle> family(Process started) throws InterruptedException {
        return sandbox.family(started);
    }

    /** Ends a command that was started. */
    void kill(Process started) {
        sandbox.kill(started);
    }

    KeyPair hostKey() throws IOException {
        return HostKey.parse(read(HostKey.PATH));
    }

    boolean admits(String user, PublicKey key) throws IOException {
        if (!admitsUsers || !users.contains(user)) {
            return false;
        }
        byte[] keys;
        try {
            keys = read(BootScript.home(user) + "/.ssh/authorized_keys");
        } catch (NoSuchFileException e) {
            return false;
        }
        for (String line : new String(keys, StandardCharsets.UTF_8).lines().toList()) {
            try {
                for (AuthorizedKeyEntry entry : AuthorizedKeyEntry.readAuthorizedKeys(
                        new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), true)) {
                    if (KeyUtils.compareKeys(key, entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING))) {
                        return true;
                    }
                }
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                // A line that is not a key admits nobody; the others still count.
            }
        }
        return false;
    }

    private byte[] read(String path) throws IOException {
        Path file = sandbox.root().resolve(path.substring(1));
        // A link would be followed in the host's file system.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path);
        }
        return Files.readAllBytes(file);
    }

    @Override
    public String toString() {
        return "Machine[" + hostname + "]";
    }
}
