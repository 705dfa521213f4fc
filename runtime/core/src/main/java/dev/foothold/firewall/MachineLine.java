package dev.foothold.firewall;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs programs on one machine, over a connection that is opened when it is needed, and can be replaced by a new one. */
final class MachineLine implements AutoCloseable {

    /** What a machine writes; ten times what it takes to list ten thousand rules. */
    private static final int MOST_OUTPUT = 64 << 20;

    private final MachineAddress address;
    private final HostSshOptions login;
    private final SshConnector connector;
    private @Nullable SshSession session;

    MachineLine(MachineAddress address, HostSshOptions login, SshConnector connector, @Nullable SshSession session) {
        this.address = address;
        this.login = login;
        this.connector = connector;
        this.session = session;
    }

    MachineAddress address() {
        return address;
    }

    /**
     * Runs a program over a new connection, which then takes the place of the one before; if that fails, the one before
     * stays.
     *
     * @param budget how long to try to connect
     */
    Answer runAnew(Duration budget, MachineProgram program, String doing, Duration timeout, List<String> arguments)
            throws InterruptedException {
        SshSession before = session;
        SshSession fresh = connector.connect(
                address, login.forHost(address), Knocking.defaults().within(budget), reason -> {});
        session = fresh;
        boolean done = false;
        try {
            Answer answer = run(program, doing, timeout, arguments, List.of());
            done = true;
            return answer;
        } finally {
            session = done ? fresh : before;
            SshSession needless = done ? before : fresh;
            if (needless != null) {
                needless.close();
            }
        }
    }

    /**
     * Runs a program.
     *
     * @param doing what it is for, in the message of a failure
     */
    Answer run(MachineProgram program, String doing, Duration timeout, List<String> arguments, List<String> files)
            throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SshResult result;
        try {
            if (session == null) {
                session = connector.connect(address, login.forHost(address));
            }
            result = session.run(
                    program.command(login.forHost(address).sudoPassword(), arguments, files),
                    (stream, bytes, length) -> {
                        if (out.size() > MOST_OUTPUT) {
                            throw new FirewallException("the machine does not stop writing");
                        }
                        out.write(bytes, 0, length);
                    },
                    timeout);
        } catch (SshException | FirewallException e) {
            close(); // the next one begins anew
            throw failed(program, doing, out.toString(StandardCharsets.UTF_8), e.getMessage(), e);
        }
        String output = out.toString(StandardCharsets.UTF_8);
        Answer answer = Answer.parse(output);
        if (!result.succeeded() || answer.has("failed")) {
            String noise = answer.noise();
            List<String> why = new ArrayList<>();
            if (answer.has("failed")) {
                why.add(answer.value("failed"));
            } else if (!answer.has("root")) {
                why.add("user " + login.forHost(address).user() + " cannot run commands as root there ("
                        + result.describe() + "); allow it in sudoers, or give the password with"
                        + " SshOptions.withSudoPassword");
            } else {
                why.add(result.describe());
            }
            if (!noise.isEmpty()) {
                why.add(NftRules.shortened(noise.replace('\n', ' ')));
            }
            throw failed(program, doing, noise, String.join(": ", why), null);
        }
        return answer;
    }

    FirewallException failed(
            MachineProgram program, String doing, String output, String why, @Nullable Throwable cause) {
        String host = address.hostAndPort() + ": ";
        String reason = why.startsWith(host) ? why.substring(host.length()) : why;
        return new FirewallException(address, program.word(), output, doing + ": " + reason, cause);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
