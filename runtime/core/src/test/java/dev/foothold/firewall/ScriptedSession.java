package dev.foothold.firewall;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A machine that answers every command in the same way: what goes wrong there is what a test says. */
final class ScriptedSession implements SshSession, SshConnector {

    static final MachineAddress ADDRESS = MachineAddress.of("192.0.2.7");

    private final String output;
    private final int times;
    private final int exit;
    private final List<SshCommand> commands = new ArrayList<>();

    ScriptedSession(String output, int exit) {
        this(output, 1, exit);
    }

    ScriptedSession(String output, int times, int exit) {
        this.output = output;
        this.times = times;
        this.exit = exit;
    }

    @Override
    public SshSession connect(MachineAddress address, SshOptions options) {
        return this;
    }

    List<SshCommand> commands() {
        return commands;
    }

    @Override
    public MachineAddress address() {
        return ADDRESS;
    }

    @Override
    public SshResult run(SshCommand command, SshOutput sink, Duration timeout) {
        commands.add(command);
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            sink.accept(SshOutput.Stream.ERR, bytes, bytes.length);
        }
        return new SshResult(exit, "");
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
