package dev.foothold.simulator.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One command, or shell, that a client runs on a machine. It takes three threads while it runs and none of the server's
 * own, which must never wait for a process.
 */
final class MachineCommand implements Command {
    private static final int KILLED_BY_SIGNAL = 128;

    private final Machine machine;
    private final @Nullable String line;
    private final Executor threads;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private @Nullable Process process;
    private boolean destroyed;

    MachineCommand(Machine machine, @Nullable String line, Executor threads) {
        this.machine = machine;
        this.line = line;
        this.threads = threads;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Map<String, String> wanted = new HashMap<>(environment.getEnv());
        wanted.keySet().removeIf(name -> !name.matches("LANG|LC_[A-Z]+|TERM"));
        String user = channel.getSession().getUsername();
        environment.addSignalListener((from, signal) -> threads.execute(() -> signal(signal)));
        threads.execute(() -> run(user, wanted));
    }

    private void run(String user, Map<String, String> wanted) {
        Process started;
        try {
            started = machine.start(user, wanted, line);
        } catch (IOException e) {
            exit.onExit(KILLED_BY_SIGNAL - 1, "cannot start a command: " + e.getMessage());
            return;
        }
        synchronized (this) {
            process = started;
            if (destroyed) {
                Sandbox.kill(started);
            }
        }
        threads.execute(() -> pump(in, started.getOutputStream(), started, true));
        CompletableFuture<Void> errors =
                CompletableFuture.runAsync(() -> pump(started.getErrorStream(), err, started, false), threads);
        pump(started.getInputStream(), out, started, false);
        errors.join();
        try {
            exit.onExit(started.waitFor());
        } catch (InterruptedException e) {
            Sandbox.kill(started);
            Thread.currentThread().interrupt();
        }
    }

    /** Copies until one side ends; a client that no longer takes output ends the process as a closed pipe would. */
    private static void pump(InputStream from, OutputStream to, Process process, boolean input) {
        byte[] bytes = new byte[8192];
        try (OutputStream target = input ? to : OutputStream.nullOutputStream()) {
            for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                to.write(bytes, 0, count);
                to.flush();
            }
            target.flush();
        } catch (IOException e) {
            if (!input) {
                Sandbox.kill(process);
            }
        }
    }

    private synchronized void signal(Signal signal) {
        if (process == null || !process.isAlive()) {
            return;
        }
        List<String> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .map(handle -> Long.toString(handle.pid()))
                .toList();
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal.name(), "--"));
        command.addAll(family);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Sandbox.kill(process);
        }
    }

    @Override
    public synchronized void destroy(ChannelSession channel) {
        destroyed = true;
        if (process != null && process.isAlive()) {
            Sandbox.kill(process);
        }
    }
}
