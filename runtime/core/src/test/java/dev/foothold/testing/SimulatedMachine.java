package dev.foothold.testing;

import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.simulator.machine.Isolation;
import dev.foothold.simulator.machine.Machine;
import dev.foothold.simulator.machine.MachineException;
import dev.foothold.simulator.machine.MachineHost;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One machine of the simulator that has booted and answers, with a real shell and, if there is one, a real SFTP server. */
public final class SimulatedMachine implements AutoCloseable {

    private static final AtomicInteger COUNT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 11 % 60_000));

    private final SshKeyPair user = SshKeyPair.generate("user@test");
    private final SshKeyPair hostKey = SshKeyPair.generate("");
    private final MachineHost host = new MachineHost(null);
    private final Machine machine;
    private final InetSocketAddress socket;

    /** Starts a machine and waits until it answers. */
    public SimulatedMachine() throws IOException, InterruptedException {
        int number = COUNT.incrementAndGet();
        InetAddress address = InetAddress.getByName(
                "127." + (60 + number / 60_000 % 30) + "." + (1 + number / 240 % 250) + "." + (1 + number % 240));
        try (ServerSocket free = new ServerSocket(0, 1, address)) {
            socket = new InetSocketAddress(address, free.getLocalPort());
        }
        try {
            machine = host.start("m" + number);
            machine.boot(
                    CloudConfig.empty()
                            .hostKey(hostKey)
                            .authorize(user.publicKey())
                            .renderYaml()
                            .getBytes(StandardCharsets.UTF_8),
                    "ubuntu",
                    "ubuntu",
                    "24.04",
                    false);
            machine.listen(socket, false, true);
        } catch (MachineException e) {
            throw new IOException(e);
        }
    }

    /** Says where it answers. */
    public MachineAddress address() {
        return new MachineAddress(socket.getAddress().getHostAddress(), AddressScope.PUBLIC, socket.getPort());
    }

    /** Gives options that log in to it. */
    public SshOptions options() {
        return SshOptions.defaults()
                .withIdentity(user)
                .trusting(List.of(hostKey.publicKey()))
                .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** Gives the key pair that is let in. */
    public SshKeyPair user() {
        return user;
    }

    /** Gives the public half of its host key. */
    public SshPublicKey hostKey() {
        return hostKey.publicKey();
    }

    /** Says where it keeps data. */
    public String dataDirectory() {
        return host.isolation().filter(Isolation.DIRECTORY::equals).isPresent()
                ? "var/lib/foothold"
                : "/var/lib/foothold";
    }

    /** Goes down with all its processes, stays away for a while, and comes back with a new boot. */
    public void reboot(Duration away) throws InterruptedException {
        try {
            machine.reboot();
            Thread.sleep(away.toMillis());
            machine.listen(socket, false, true);
        } catch (MachineException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            machine.close();
        } catch (MachineException e) {
            throw new IOException(e);
        } finally {
            host.close();
        }
    }
}
